// Written by npm run generate from the database and from the files of the functions.
import { scalarFunction, type Arg } from '#db/function-call'

export const call = {
  /** Takes an idempotency key until the end of the transaction, or refuses with the reason. After waiting for the lock, it sees the
   * answer that a concurrent request has committed meanwhile.
   * SQL by hand: it waits for a lock for a limited time, and catches the error of the timeout. */
  takeKey: scalarFunction<{ tenant: Arg<string>; scope: Arg<string>; key: Arg<string>; fingerprint: Arg<string>; since: Arg<string> }, void, 'read'>(
    'take_key', [["tenant","a_tenant","text"],["scope","a_scope","text"],["key","a_key","text"],["fingerprint","a_fingerprint","text"],["since","a_since","timestamp with time zone"]], 'void'),
}
