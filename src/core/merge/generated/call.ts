// Written by npm run generate from the database and from the files of the functions.
import { rows, scalar, type Arg, type Json, type Row } from '#db/call'
import { type customerTable, type mergeTable } from '#db/schema'

export const call = {
  /** Applies a plan of core/merge/plan.ts to two customers that are locked. 'done'; 'moved' when either is not what it was planned
   * on; 'refused' when one of them is gone or, for what nobody asked for, the proofs are not there any more.
   * SQL by hand: what each statement has moved is counted, shown in the events and noted for an undo. */
  applyMerge: scalar<{ tenant: Arg<string>; plan: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, string, 'event'>(
    'apply_merge', [["tenant","a_tenant","text"],["plan","a_plan","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'text'),
  /** Applies many plans, each for itself: what one of them refuses does not stop the others. All customers are locked at once, in
   * the order of their ids. Plans that must not be are forgotten. Returns each plan's outcome and the jobs it left.
   * SQL by hand: a loop, in which each plan meets what the one before it has done. */
  applyMerges: rows<{ tenant: Arg<string>; plans: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { outcome: string; jobs: string[] }, 'event'>(
    'apply_merges', [["tenant","a_tenant","text"],["plans","a_plans","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { outcome: ["outcome","text"], jobs: ["jobs","text[]"] }),
  /** Whether a guest may be merged without anyone asking: into the account of its address, whose owner has proven both the inbox and
   * that the account is theirs, and unless the pair was parted before. A guess in either is how a stranger would get at the orders.
   * SQL by hand: typed statements and functions by hand both ask it, of rows that they have. */
  isMergeable: scalar<{ account: Row<typeof customerTable>; guest: Row<typeof customerTable> }, boolean, 'read'>(
    'is_mergeable', [["account","a_account","customer"],["guest","a_guest","customer"]], 'boolean'),
  /** A customer with its addresses and memberships as they are, to be put back by an undo. Without its password.
   * SQL by hand: whole rows, whatever columns they have, for apply_merge. */
  mergeImage: scalar<{ customer: Row<typeof customerTable> }, Json, 'read'>(
    'merge_image', [["customer","a_customer","customer"]], 'jsonb'),
  /** The merges that an account's moves to other addresses caused, from the move that a token of an undo belongs to on.
   * SQL by hand: undo_merges_of_moves asks it twice, before and after its locks. */
  mergesOfMoves: rows<{ tenant: Arg<string>; customer: Arg<string>; token: Arg<string> }, { mergeId: string; mergedId: string }, 'read'>(
    'merges_of_moves', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"]], { mergeId: ["merge_id","text"], mergedId: ["merged_id","text"] }),
  /** Scans the next so many guests, by their addresses, and notes those that are due to be merged and that no commit has noted. Who
   * locks the scan's row scans; for another there is nothing to do.
   * SQL by hand: a bounded scan, whose end is found by the statement that notes. */
  planDueMerges: rows<{ tenant: Arg<string>; first: Arg<string>; now: Arg<string>; limit: Arg<number> }, { more: boolean; noted: number }, 'write'>(
    'plan_due_merges', [["tenant","a_tenant","text"],["first","a_first","text"],["now","a_now","timestamp with time zone"],["limit","a_limit","integer"]], { more: ["more","boolean"], noted: ["noted","integer"] }),
  /** Gives the merged one its addresses back. One that moved and was touched since, or that somebody vouched for, stays with the
   * survivor; the other gets a copy of what it was. What did not move comes from the record. Returns the conflicts.
   * SQL by hand: for undo_merge; each of its statements needs what the one before could put back. */
  returnAddresses: scalar<{ done: Row<typeof mergeTable>; first: Arg<string> }, Json, 'write'>(
    'return_addresses', [["done","a_done","merge"],["first","a_first","text"]], 'jsonb'),
  /** Takes the survivor out of the groups that the merge brought it into, and puts the merged one back into its own, as far as there
   * still are such. Returns {left, conflicts}: the groups the survivor left.
   * SQL by hand: for undo_merge; what the first statement could take back decides the conflicts. */
  returnMemberships: scalar<{ done: Row<typeof mergeTable>; now: Arg<string> }, Json, 'write'>(
    'return_memberships', [["done","a_done","merge"],["now","a_now","timestamp with time zone"]], 'jsonb'),
  /** The survivor gives back the fields that were filled and the metadata that was added, unless somebody has written there since.
   * Returns {changed, conflicts}.
   * SQL by hand: for undo_merge; what is still as it was filled decides the conflicts. The update itself follows from the field list. */
  returnProfile: scalar<{ done: Row<typeof mergeTable> }, Json, 'write'>(
    'return_profile', [["done","a_done","merge"]], 'jsonb'),
  /** Parts what was merged: the merged one returns as it was, with the orders that moved in their newest state. What came after stays
   * with the survivor, and so does what somebody has touched since: those are the conflicts. Done twice it changes nothing.
   * a_ids: the first of the ids it may need: address, event, job, mergedEvent, mergedJob, groupEvent, groupJob.
   * SQL by hand: what each statement could put back decides the conflicts; and an index may refuse the address, which is caught. */
  undoMerge: scalar<{ tenant: Arg<string>; id: Arg<string>; since: Arg<string>; currency: Arg<string>; ids: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, void, 'event'>(
    'undo_merge', [["tenant","a_tenant","text"],["id","a_id","text"],["since","a_since","timestamp with time zone"],["currency","a_currency","text"],["ids","a_ids","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'void'),
  /** Before an account is moved back to the address it had: parts it from the guests of the addresses it was moved to since, as far as
   * that can still be done. The token is the one in the mail that warned of the first of these moves. a_ids: see undo_merge; those of the
   * n-th merge count on from n * 1000.
   * SQL by hand: a loop, in which each merge may be refused without an end of the others. */
  undoMergesOfMoves: scalar<{ tenant: Arg<string>; customer: Arg<string>; token: Arg<string>; since: Arg<string>; currency: Arg<string>; ids: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, void, 'event'>(
    'undo_merges_of_moves', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"],["since","a_since","timestamp with time zone"],["currency","a_currency","text"],["ids","a_ids","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'void'),
}
