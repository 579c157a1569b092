// Written by npm run generate from the database and from the files of the functions.
import { scalar, type Arg } from '#db/call'

export const call = {
  /** Reserves a try of a password. 0: the try may be made. It counts as failed until it is released, so that concurrent tries cannot
   * outrun the count. Otherwise the seconds to wait, and nothing is counted. Four failures of an account and nineteen of one place
   * are free; then the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one failure a minute; an
   * account is forgiven all after a day. The clocks of two callers may differ, so a try without a wait stores no end of a wait.
   * SQL by hand: its answer is known only between its locks and its count; the counts do not show it afterwards. */
  reserveTry: scalar<{ tenant: Arg<string>; account: Arg<string>; caller: Arg<string | null>; customer: Arg<string | null>; now: Arg<string> }, number, 'write'>(
    'reserve_try', [["tenant","a_tenant","text"],["account","a_account","text"],["caller","a_caller","text"],["customer","a_customer","text"],["now","a_now","timestamp with time zone"]], 'integer'),
}
