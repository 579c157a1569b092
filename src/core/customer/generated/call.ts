// Written by npm run generate from the database and from the files of the functions.
import { rowsFunction, scalarFunction, type Arg, type Json } from '#db/function-call'

export const call = {
  /** Makes room for an account that a service creates. A provisional account with the same address becomes a guest: a stranger's login
   * made it, and its address is unproven. If the address has a guest already, the account is deleted, unless it has orders. The guest
   * keeps the metadata that only services write.
   * Returns the event's sequence, null when there was no provisional account to displace.
   * SQL by hand: it is rare and branches three ways; as statements it would slow down every new account. */
  displaceProvisional: scalarFunction<{ tenant: Arg<string>; emailKey: Arg<string>; event: Arg<string>; job: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string>; serviceKeys: Arg<readonly string[]> }, number | null, 'event'>(
    'displace_provisional', [["tenant","a_tenant","text"],["emailKey","a_email_key","text"],["event","a_event","text"],["job","a_job","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"],["serviceKeys","a_service_keys","text[]"]], 'integer'),
  /** Finds the page of a list: carries out the steps of its search in turn, until one has found it and answers a row. If that is nobody, and
   * the list is at its end, another statement says who may be meant.
   * SQL by hand: most pages are found by the first step, and planning all steps takes longer than running one. So the steps are texts, and
   * each is planned only when it runs. The service itself writes the texts; `format` quotes the values. a_kept says how many values the first
   * step has, if the session may keep its plan. That is done when the step comes again: planning it takes longer than running it. */
  findPage: rowsFunction<{ steps: Arg<readonly string[]>; otherwise: Arg<string | null>; values: Arg<readonly string[]>; kept: Arg<number | null> }, { ids: string[] | null; lastPosition: Json | null }, 'write'>(
    'find_page', [["steps","a_steps","text[]"],["otherwise","a_otherwise","text"],["values","a_values","text[]"],["kept","a_kept","integer"]], { ids: ["ids","text[]"], lastPosition: ["last_position","json"] }),
  /** Locks customers in the order of their ids, so that two transactions that lock the same ones do not deadlock.
   * SQL by hand: merge and undo, which are written by hand, lock in the same order. */
  lockCustomers: scalarFunction<{ tenant: Arg<string>; ids: Arg<readonly string[]> }, void, 'read'>(
    'lock_customers', [["tenant","a_tenant","text"],["ids","a_ids","text[]"]], 'void'),
}
