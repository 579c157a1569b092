// Written by npm run generate from the database and from the files of the functions.
import { rowsFunction, scalarFunction, type Arg, type Json, type Row } from '#db/function-call'
import { type customerTable, type mergeTable } from '#db/schema'

export const call = {
  /** Applies a plan of core/merge/plan.ts to two locked customers. Returns 'done'; 'moved' if either has changed since the plan; 'refused'
   * if one of them is gone, or if an automatic merge lacks its proofs.
   * SQL by hand: the rows that each statement moves are counted, shown in the events and stored for an undo. */
  applyMerge: scalarFunction<{ tenant: Arg<string>; plan: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, string, 'event'>(
    'apply_merge', [["tenant","a_tenant","text"],["plan","a_plan","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'text'),
  /** Applies many plans independently: a refused plan does not stop the others. All customers are locked first, in the order of their
   * ids. The merges of refused plans are deleted. Returns each plan's outcome and the jobs that it enqueued.
   * SQL by hand: a loop, in which each plan sees the changes of the one before it. */
  applyMerges: rowsFunction<{ tenant: Arg<string>; plans: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { outcome: string; jobs: string[] }, 'event'>(
    'apply_merges', [["tenant","a_tenant","text"],["plans","a_plans","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { outcome: ["outcome","text"], jobs: ["jobs","text[]"] }),
  /** Scans the next guests, in the order of their e-mail addresses, and inserts a pending merge for each that is due and has none. A
   * concurrent call finds the scan's row locked and does nothing.
   * SQL by hand: a bounded scan. The statement that inserts also finds the end of the scan. */
  insertDueMerges: rowsFunction<{ tenant: Arg<string>; first: Arg<string>; now: Arg<string>; limit: Arg<number> }, { more: boolean; noted: number }, 'write'>(
    'insert_due_merges', [["tenant","a_tenant","text"],["first","a_first","text"],["now","a_now","timestamp with time zone"],["limit","a_limit","integer"]], { more: ["more","boolean"], noted: ["noted","integer"] }),
  /** Whether a guest may be merged automatically into the account of its address. The owner must have proven both the inbox and the
   * account, and a merge of the pair must not have been undone. A stranger could get at the orders without either proof.
   * SQL by hand: typed statements and functions by hand both call it with rows that they have. */
  isMergeable: scalarFunction<{ account: Row<typeof customerTable>; guest: Row<typeof customerTable> }, boolean, 'read'>(
    'is_mergeable', [["account","a_account","customer"],["guest","a_guest","customer"]], 'boolean'),
  /** The rows of a customer, its addresses and its memberships, which an undo restores. The password is left out.
   * SQL by hand: apply_merge stores whole rows, with all their columns. */
  mergeImage: scalarFunction<{ customer: Row<typeof customerTable> }, Json, 'read'>(
    'merge_image', [["customer","a_customer","customer"]], 'jsonb'),
  /** The merges that an undo of an account's moves to other addresses undoes, from the move of an undo token on: those of guests that had
   * the new addresses, and the one by which staff has merged the account itself. Each with the other customer.
   * SQL by hand: undo_merges_of_moves calls it twice, before and after its locks. */
  mergesOfMoves: rowsFunction<{ tenant: Arg<string>; customer: Arg<string>; token: Arg<string> }, { mergeId: string; otherId: string }, 'read'>(
    'merges_of_moves', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"]], { mergeId: ["merge_id","text"], otherId: ["other_id","text"] }),
  /** Returns the addresses of the merged customer to it. An address that was changed or proven since it moved stays with the survivor,
   * and the merged customer gets a copy of its old state. Addresses that did not move come from the record. Returns the conflicts.
   * SQL by hand: for undo_merge; each of its statements needs the result of the one before. */
  returnAddresses: scalarFunction<{ done: Row<typeof mergeTable>; first: Arg<string> }, Json, 'write'>(
    'return_addresses', [["done","a_done","merge"],["first","a_first","text"]], 'jsonb'),
  /** Takes the memberships by hand away that the survivor got by the merge, and gives the merged customer its old ones of groups that still
   * exist. Where the rule of a group holds the survivor as well, the survivor stays. What the rule held is not returned: it judges anew.
   * Returns {left, lost, conflicts}; `left`: the groups that the survivor left; `lost`: memberships of the merged customer, {group, source,
   * reason}, that were by hand and are not returned.
   * SQL by hand: undo_merge calls it. The conflicts depend on the rows that its first statements change. */
  returnMemberships: scalarFunction<{ done: Row<typeof mergeTable>; now: Arg<string> }, Json, 'write'>(
    'return_memberships', [["done","a_done","merge"],["now","a_now","timestamp with time zone"]], 'jsonb'),
  /** Clears the survivor's fields that the merge filled and the metadata that it added, unless they were changed since.
   * Returns {changed, conflicts}.
   * SQL by hand: undo_merge calls it. The conflicts depend on the fields that have not changed. The update is generated from the field list. */
  returnProfile: scalarFunction<{ done: Row<typeof mergeTable> }, Json, 'write'>(
    'return_profile', [["done","a_done","merge"]], 'jsonb'),
  /** Undoes a merge. The merged customer returns to its old state, with the orders that moved in their newest state. Data that was added
   * or changed since stays with the survivor; changed data is listed as conflicts. A repeat changes nothing.
   * a_ids: the first of the ids it may need: address, event, job, mergedEvent, mergedJob, groupEvent, groupJob.
   * SQL by hand: conflicts depend on the rows that each statement restores. If an index refuses the address, the function catches the error. */
  undoMerge: scalarFunction<{ tenant: Arg<string>; id: Arg<string>; since: Arg<string>; currency: Arg<string>; ids: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, void, 'event'>(
    'undo_merge', [["tenant","a_tenant","text"],["id","a_id","text"],["since","a_since","timestamp with time zone"],["currency","a_currency","text"],["ids","a_ids","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'void'),
  /** Before an account is moved back to an old address: undoes its merges with the guests of later addresses, and the one by which staff
   * has merged it into another account, if that is still possible.
   * The token is that of the mail that warned of the first of these moves. a_ids: see undo_merge; those of the n-th merge count from
   * n * 1000.
   * SQL by hand: a loop over merges. If the undo of one merge is refused, the loop continues with the others. */
  undoMergesOfMoves: scalarFunction<{ tenant: Arg<string>; customer: Arg<string>; token: Arg<string>; since: Arg<string>; currency: Arg<string>; ids: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, void, 'event'>(
    'undo_merges_of_moves', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"],["since","a_since","timestamp with time zone"],["currency","a_currency","text"],["ids","a_ids","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'void'),
}
