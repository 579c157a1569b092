// Written by npm run generate from the database and from the files of the functions.
import { scalar, type Arg, type Json } from '#db/call'

export const call = {
  /** An account that a stranger's login made, and whose address nobody has proven, makes room for the one that a service makes of it:
   * it was never more than a guest, and is one from now on. Where there is a guest already, it goes when it has no orders to keep.
   * Returns the event's sequence, null when there was nothing in the way.
   * SQL by hand: it is rare and branches three ways; as statements it would slow down every new account. */
  displaceProvisional: scalar<{ tenant: Arg<string>; emailKey: Arg<string>; event: Arg<string>; job: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, number | null, 'event'>(
    'displace_provisional', [["tenant","a_tenant","text"],["emailKey","a_email_key","text"],["event","a_event","text"],["job","a_job","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'integer'),
  /** Waits for another change of one of these customers. In the order of their ids, so that two who want the same ones do not wait
   * for each other.
   * SQL by hand: merge and undo, which are written by hand, lock in the same order. */
  lockCustomers: scalar<{ tenant: Arg<string>; ids: Arg<readonly string[]> }, void, 'read'>(
    'lock_customers', [["tenant","a_tenant","text"],["ids","a_ids","text[]"]], 'void'),
}
