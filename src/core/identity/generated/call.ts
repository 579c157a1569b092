// Written by npm run generate from the database and from the files of the functions.
import { rowsFunction, type Arg, type Json } from '#db/function-call'

export const call = {
  /** Reserves a try of a password, or counts a wrong secret, under some counts, whose rules `count.ts` explains. 0 seconds: the try may be made. It counts as failed
   * until it is released, so that concurrent tries cannot outrun the counts. Otherwise the seconds to wait, and nothing is counted. The clocks of
   * two callers may differ, so a try without a wait stores no end of a wait. `remaining`: so many more may fail without a wait, by the count
   * that a right password ends; null if there is none.
   * SQL by hand: it must compute its answer after it takes its locks and before it writes its counts. The new counts no longer show the answer. */
  reserveTry: rowsFunction<{ tenant: Arg<string>; counts: Arg<Json>; opened: Arg<string | null>; customer: Arg<string | null>; now: Arg<string> }, { seconds: number; remaining: number | null }, 'write'>(
    'reserve_try', [["tenant","a_tenant","text"],["counts","a_counts","json"],["opened","a_opened","text"],["customer","a_customer","text"],["now","a_now","timestamp with time zone"]], { seconds: ["seconds","integer"], remaining: ["remaining","integer"] }),
}
