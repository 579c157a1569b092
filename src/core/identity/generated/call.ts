// Written by npm run generate from the database and from the files of the functions.
import { scalar, type Arg } from '#db/call'

export const call = {
  /** May a password be tried now? 0: yes, and until it is released the try counts as failed, so that tries at the same time cannot
   * overtake the count. Else the seconds to wait, and nothing is counted. Four failures of an account and nineteen from one place
   * are free; from then on the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one a minute, an
   * account all of them after a day. The clocks of two callers may differ, so a try that is not to wait has no end of a wait either.
   * SQL by hand: what it answers is known only between its locks and its count; the counts afterwards do not say it. */
  reserveTry: scalar<{ tenant: Arg<string>; account: Arg<string>; caller: Arg<string | null>; customer: Arg<string | null>; now: Arg<string> }, number, 'write'>(
    'reserve_try', [["tenant","a_tenant","text"],["account","a_account","text"],["caller","a_caller","text"],["customer","a_customer","text"],["now","a_now","timestamp with time zone"]], 'integer'),
}
