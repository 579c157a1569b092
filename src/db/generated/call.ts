// Written by npm run generate from the database and from the files of the functions.
import { row, rows, scalar, type Arg, type Json, type Row, type RowOf, type RowOrNull } from '#db/call'
import { type addressTable, customerTable, type mergeTable, type orderTable } from '#db/schema'

export const call = {
  /** What was spent per currency, with one paid order more (sign 1) or less (sign -1); a currency without an order is not listed. */
  addOrder: scalar<{ spent: Arg<Json>; o: Row<typeof orderTable>; sign: Arg<number> }, Json, 'read'>(
    'add_order', [["spent","a_spent","jsonb"],["o","o","\"order\""],["sign","a_sign","integer"]], 'jsonb'),
  /** What was spent per currency, with so much more (or less) of each; a currency without an order is not listed. */
  addSpent: scalar<{ spent: Arg<Json>; more: Arg<Json> }, Json, 'read'>(
    'add_spent', [["spent","a_spent","jsonb"],["more","a_more","jsonb"]], 'jsonb'),
  /** What a person wrote, without what the service noted. */
  addressContent: scalar<{ a: RowOrNull<typeof addressTable> }, Json | null, 'read'>(
    'address_content', [["a","a","address"]], 'jsonb'),
  /** An address as the API shows it; which defaults it holds is the customer's to say. */
  addressRowDocument: scalar<{ a: RowOrNull<typeof addressTable>; shipping: Arg<string | null>; billing: Arg<string | null> }, Json | null, 'read'>(
    'address_row_document', [["a","a","address"],["shipping","a_shipping","text"],["billing","a_billing","text"]], 'json'),
  /** An idempotency key: ours to work under, or the reason why not. A volatile function sees, after it waited for the lock,
   * what the twin committed meanwhile. */
  claimKey: scalar<{ tenant: Arg<string>; scope: Arg<string>; key: Arg<string>; fingerprint: Arg<string>; since: Arg<string> }, void, 'read'>(
    'claim_key', [["tenant","a_tenant","text"],["scope","a_scope","text"],["key","a_key","text"],["fingerprint","a_fingerprint","text"],["since","a_since","timestamp with time zone"]], 'void'),
  /** Takes an order as it is into the counters of a customer and as it was out of them, as far as it is and was this
   * customer's. One who is still there is to be told: the sequence rises. Returns the customer as it is then. */
  countOrder: row<{ tenant: Arg<string>; customer: Arg<string>; was: RowOrNull<typeof orderTable>; is: Row<typeof orderTable>; currency: Arg<string> }, RowOf<typeof customerTable>, 'write'>(
    'count_order', [["tenant","a_tenant","text"],["customer","a_customer","text"],["was","a_was","\"order\""],["is","a_is","\"order\""],["currency","a_currency","text"]], customerTable),
  /** Adds a sum of orders to a customer's counters (sign 1) or takes it out (sign -1); when the last order was is looked up. */
  countOrders: scalar<{ tenant: Arg<string>; customer: Arg<string>; sign: Arg<number>; orders: Arg<number>; amount: Arg<number>; spent: Arg<Json> }, void, 'write'>(
    'count_orders', [["tenant","a_tenant","text"],["customer","a_customer","text"],["sign","a_sign","integer"],["orders","a_orders","integer"],["amount","a_amount","bigint"],["spent","a_spent","jsonb"]], 'void'),
  /** The counters of a customer as one value, to be kept and compared. */
  countersDocument: scalar<{ orders: Arg<number>; total: Arg<number>; spent: Arg<Json>; last: Arg<string | null> }, Json, 'read'>(
    'counters_document', [["orders","a_orders","integer"],["total","a_total","bigint"],["spent","a_spent","jsonb"],["last","a_last","timestamp with time zone"]], 'jsonb'),
  /** One customer as the API answers with it: the version beside it, and the id that was asked for when that one was merged into
   * it. What is erased or deleted reads as nothing. */
  customerDocument: scalar<{ tenant: Arg<string | null>; id: Arg<string | null>; currency: Arg<string | null> }, Json | null, 'read'>(
    'customer_document', [["tenant","a_tenant","text"],["id","a_id","text"],["currency","a_currency","text"]], 'json'),
  /** A customer's row with its addresses, its fields in the order of the API. The currency is the tenant's. The last expression has
   * no query in it, which PL/pgSQL evaluates without starting an executor. */
  customerRowDocument: scalar<{ it: RowOrNull<typeof customerTable>; currency: Arg<string | null> }, Json | null, 'read'>(
    'customer_row_document', [["it","it","customer"],["currency","a_currency","text"]], 'json'),
  /** The counters of a customer, or of the survivor it was merged into; explained, with the orders behind each number, newest first,
   * as far as a_explained of them. */
  customerStats: scalar<{ tenant: Arg<string | null>; customer: Arg<string | null>; currency: Arg<string | null>; explained: Arg<number | null> }, Json | null, 'read'>(
    'customer_stats', [["tenant","a_tenant","text"],["customer","a_customer","text"],["currency","a_currency","text"],["explained","a_explained","integer"]], 'json'),
  /** What an address is the default for, as the API lists it. */
  defaultFor: scalar<{ id: Arg<string | null>; shipping: Arg<string | null>; billing: Arg<string | null> }, Json | null, 'read'>(
    'default_for', [["id","a_id","text"],["shipping","a_shipping","text"],["billing","a_billing","text"]], 'json'),
  /** Of these customers those whose counters are not what the ledger says: what they count, and what is right. */
  driftedCustomers: rows<{ tenant: Arg<string>; ids: Arg<readonly string[]>; currency: Arg<string> }, { id: string; counted: Json; orderCount: number; totalSpent: number; spent: Json; lastOrderAt: string | null }, 'read'>(
    'drifted_customers', [["tenant","a_tenant","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], { id: ["id","text"], counted: ["counted","jsonb"], orderCount: ["order_count","integer"], totalSpent: ["total_spent","bigint"], spent: ["spent","jsonb"], lastOrderAt: ["last_order_at","timestamp with time zone"] }),
  /** The name that statements which are sent as they are call append_event by. */
  emit: scalar<{ tenant: Arg<string>; customer: Arg<string>; event: Arg<string>; job: Arg<string>; type: Arg<string>; changed: Arg<readonly string[] | null>; data: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, number | null, 'event'>(
    'emit', [["tenant","a_tenant","text"],["customer","a_customer","text"],["event","a_event","text"],["job","a_job","text"],["type","a_type","text"],["changed","a_changed","text[]"],["data","a_data","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'integer'),
  /** Notes that the guest of an address is due to be merged into its account, if it is, with the job that will do it. Returns the
   * job's id, null when there is nothing to do or it is noted already. */
  enqueueMerge: scalar<{ tenant: Arg<string>; emailKey: Arg<string | null>; merge: Arg<string | null>; job: Arg<string>; now: Arg<string> }, string | null, 'write'>(
    'enqueue_merge', [["tenant","a_tenant","text"],["emailKey","a_email_key","text"],["merge","a_merge","text"],["job","a_job","text"],["now","a_now","timestamp with time zone"]], 'text'),
  /** Looks at the next so many guests in the walk over all of them, by their addresses, and notes those that are due to be merged and
   * that no commit has noted. Whoever holds the walk's row walks; for another there is nothing to do. */
  findMerges: rows<{ tenant: Arg<string>; first: Arg<string>; now: Arg<string>; limit: Arg<number> }, { more: boolean; noted: number }, 'write'>(
    'find_merges', [["tenant","a_tenant","text"],["first","a_first","text"],["now","a_now","timestamp with time zone"],["limit","a_limit","integer"]], { more: ["more","boolean"], noted: ["noted","integer"] }),
  /** The customer's row, after waiting for whoever is changing it; refuses what cannot be written to. A function of its own, so that
   * the statements after it see what it waited for. With a version, refuses when the reader's copy is stale. */
  holdCustomer: row<{ tenant: Arg<string>; id: Arg<string>; version?: Arg<number | null> }, RowOf<typeof customerTable>, 'read'>(
    'hold_customer', [["tenant","a_tenant","text"],["id","a_id","text"],["version","a_version","integer"]], customerTable),
  /** Head of taking in orders: whoever takes in the same ones waits, and so does whoever changes a customer whose counters they touch.
   * When a merge was faster while we waited, the locks are given back: once more, with whom it named. */
  holdOrderSides: scalar<{ tenant: Arg<string>; orders: Arg<Json> }, void, 'read'>(
    'hold_order_sides', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"]], 'void'),
  /** Whether a guest may be merged without anyone asking: into the account of its address, whose owner has proven both the inbox and
   * that the account is theirs, and unless the pair was parted before. A guess in either is how a stranger would get at the orders. */
  isMergeable: scalar<{ account: Row<typeof customerTable>; guest: Row<typeof customerTable> }, boolean, 'read'>(
    'is_mergeable', [["account","a_account","customer"],["guest","a_guest","customer"]], 'boolean'),
  /** A moment as RFC 3339 writes it, to the millisecond. */
  iso: scalar<{ moment: Arg<string | null> }, string | null, 'read'>(
    'iso', [["moment","a_moment","timestamp with time zone"]], 'text'),
  /** Keeps the answer with the change it answers, and returns it. */
  keepAnswer: scalar<{ tenant: Arg<string | null>; scope: Arg<string | null>; key: Arg<string | null>; fingerprint: Arg<string | null>; answer: Arg<Json | null>; customer: Arg<string | null>; now: Arg<string | null> }, Json | null, 'write'>(
    'keep_answer', [["tenant","a_tenant","text"],["scope","a_scope","text"],["key","a_key","text"],["fingerprint","a_fingerprint","text"],["answer","a_answer","json"],["customer","a_customer","text"],["now","a_now","timestamp with time zone"]], 'json'),
  /** What the counters of these customers are by the ledger. */
  ledgerCounters: rows<{ tenant: Arg<string>; ids: Arg<readonly string[]>; currency: Arg<string> }, { id: string; orderCount: number; totalSpent: number; spent: Json; lastOrderAt: string | null }, 'read'>(
    'ledger_counters', [["tenant","a_tenant","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], { id: ["id","text"], orderCount: ["order_count","integer"], totalSpent: ["total_spent","bigint"], spent: ["spent","jsonb"], lastOrderAt: ["last_order_at","timestamp with time zone"] }),
  /** Waits for the customer's row and refuses as hold_customer does: for a statement of its own, which wants nothing of the row. */
  lockCustomer: scalar<{ tenant: Arg<string | null>; id: Arg<string | null>; version?: Arg<number | null> }, void, 'read'>(
    'lock_customer', [["tenant","a_tenant","text"],["id","a_id","text"],["version","a_version","integer"]], 'void'),
  /** Waits for whoever is changing one of these customers. In the order of their ids, so that two who want the same ones do not wait
   * for each other. */
  lockCustomers: scalar<{ tenant: Arg<string | null>; ids: Arg<readonly string[] | null> }, void, 'read'>(
    'lock_customers', [["tenant","a_tenant","text"],["ids","a_ids","text[]"]], 'void'),
  /** Waits for whoever is registering, proving or freeing the same e-mail address. */
  lockEmail: scalar<{ tenant: Arg<string>; emailKey: Arg<string> }, void, 'read'>(
    'lock_email', [["tenant","a_tenant","text"],["emailKey","a_email_key","text"]], 'void'),
  /** The next so many customers in the walk over all of them: whose counters are not what the ledger says is locked, measured again,
   * noted and mended. Whoever holds the walk's row walks; for another there is nothing to do. */
  mendCounters: rows<{ tenant: Arg<string>; currency: Arg<string>; now: Arg<string>; limit: Arg<number> }, { more: boolean; examined: number; mended: number }, 'write'>(
    'mend_counters', [["tenant","a_tenant","text"],["currency","a_currency","text"],["now","a_now","timestamp with time zone"],["limit","a_limit","integer"]], { more: ["more","boolean"], examined: ["examined","integer"], mended: ["mended","integer"] }),
  /** Carries out many plans, each for itself: what one of them refuses does not stop the others. All customers are locked at once, in
   * the order of their ids. Plans that must not be are forgotten. Returns each plan's end and the announcements it left. */
  mergeBatch: rows<{ tenant: Arg<string>; plans: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { outcome: string; jobs: string[] }, 'event'>(
    'merge_batch', [["tenant","a_tenant","text"],["plans","a_plans","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { outcome: ["outcome","text"], jobs: ["jobs","text[]"] }),
  /** Carries out a plan of core/merge/plan.ts on two customers that are locked. 'done'; 'moved' when either is not what it was planned
   * on; 'refused' when it must not be, or not any more: for what nobody asked for, the proofs are looked at here and now. */
  mergeCustomers: scalar<{ tenant: Arg<string>; plan: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, string, 'event'>(
    'merge_customers', [["tenant","a_tenant","text"],["plan","a_plan","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'text'),
  /** A merge as the API shows it; with a_detail also which orders and addresses moved, and what stays in the record. */
  mergeDocument: scalar<{ m: RowOrNull<typeof mergeTable>; window: Arg<string | null>; detail: Arg<boolean | null> }, Json | null, 'read'>(
    'merge_document', [["m","m","merge"],["window","a_window","interval"],["detail","a_detail","boolean"]], 'json'),
  /** A customer with its addresses and memberships as they are, to be put back by an undo. Without its password. */
  mergeImage: scalar<{ it: Row<typeof customerTable> }, Json, 'read'>(
    'merge_image', [["it","it","customer"]], 'jsonb'),
  /** RFC 7396 for a flat object: null removes. */
  mergePatch: scalar<{ target: Arg<Json>; patch: Arg<Json> }, Json, 'read'>(
    'merge_patch', [["target","a_target","jsonb"],["patch","a_patch","jsonb"]], 'jsonb'),
  /** One customer as a plan to merge it looks at it. */
  mergeSide: scalar<{ it: RowOrNull<typeof customerTable> }, Json | null, 'read'>(
    'merge_side', [["it","it","customer"]], 'json'),
  /** The merges that an account's moves to other addresses caused, from the move that a token of an undo belongs to on. */
  mergesOfMoves: rows<{ tenant: Arg<string>; customer: Arg<string>; token: Arg<string> }, { mergeId: string; mergedId: string }, 'read'>(
    'merges_of_moves', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"]], { mergeId: ["merge_id","text"], mergedId: ["merged_id","text"] }),
  /** Moves orders from one customer to another, both locked: all there are, or those of a list that it still has. Their sum leaves
   * the one's counters and enters the other's. Returns the ids of what moved. */
  moveOrders: scalar<{ tenant: Arg<string>; from: Arg<string>; to: Arg<string>; ids: Arg<readonly string[] | null>; currency: Arg<string> }, string[], 'write'>(
    'move_orders', [["tenant","a_tenant","text"],["from","a_from","text"],["to","a_to","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], 'text[]'),
  /** The n-th of many ids made at once, n from 0 to 1,048,575: the first with its last twenty random bits counting (RFC 9562, 6.2). */
  nthId: scalar<{ first: Arg<string>; n: Arg<number> }, string, 'read'>(
    'nth_id', [["first","a_first","text"],["n","n","integer"]], 'text'),
  /** One page of the orders of a customer, or of the survivor it was merged into, newest first, and one more to know that there are
   * more. */
  orderList: scalar<{ tenant: Arg<string | null>; customer: Arg<string | null>; state: Arg<string | null>; placedAt: Arg<string | null>; id: Arg<string | null>; limit: Arg<number | null> }, Json | null, 'read'>(
    'order_list', [["tenant","a_tenant","text"],["customer","a_customer","text"],["state","a_state","text"],["placedAt","a_placed_at","timestamp with time zone"],["id","a_id","text"],["limit","a_limit","integer"]], 'json'),
  /** An order of the ledger as the API shows it, its fields in the order of the API. */
  orderRowDocument: scalar<{ o: RowOrNull<typeof orderTable> }, Json | null, 'read'>(
    'order_row_document', [["o","o","\"order\""]], 'json'),
  /** Everyone whose counters these orders may touch: who stands for the customers they name, and who holds them now. In the order of their
   * ids, each once. */
  orderSides: scalar<{ tenant: Arg<string>; orders: Arg<Json> }, string[], 'read'>(
    'order_sides', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"]], 'text[]'),
  /** Takes the state of one order into the ledger, and its difference into the counters of whose it is and was, with an event for each.
   * Everyone in it is held before (hold_order_sides). Returns whether there is such a customer, whether this state is newer than what the
   * ledger had, the order as the ledger has it then, and the jobs that were written. a_order: see record_orders. */
  recordOrder: rows<{ tenant: Arg<string>; order: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { known: boolean; applied: boolean; document: Json | null; jobs: string[] | null }, 'event'>(
    'record_order', [["tenant","a_tenant","text"],["order","a_order","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { known: ["known","boolean"], applied: ["applied","boolean"], document: ["document","json"], jobs: ["jobs","text[]"] }),
  /** Takes the states of many orders into the ledger, each as record_order does. Per order the newest version wins, also when it names
   * another customer; a merged customer's orders are its survivor's. Each order has the columns of the ledger, and the ids event, job,
   * left_event, left_job to tell of it with; the latter two tell whom it moved away from. Answers have the places of their orders. */
  recordOrders: rows<{ tenant: Arg<string>; orders: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { place: number; known: boolean; applied: boolean; document: Json | null; jobs: string[] | null }, 'event'>(
    'record_orders', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { place: ["place","integer"], known: ["known","boolean"], applied: ["applied","boolean"], document: ["document","json"], jobs: ["jobs","text[]"] }),
  /** Refuses when a reader's copy is stale, and says in which fields. A reader that names no version is content with any. */
  refuseStale: scalar<{ read: Arg<number | null>; version: Arg<number>; changedAt: Arg<Json> }, void, 'read'>(
    'refuse_stale', [["read","a_read","integer"],["version","a_version","integer"],["changedAt","a_changed_at","jsonb"]], 'void'),
  /** Gives the merged one its addresses back. One that moved and was touched since, or that somebody vouched for, stays with the
   * survivor; the other gets a copy of what it was. What did not move comes from the record. Returns the conflicts. */
  returnAddresses: scalar<{ done: Row<typeof mergeTable>; first: Arg<string> }, Json, 'write'>(
    'return_addresses', [["done","a_done","merge"],["first","a_first","text"]], 'jsonb'),
  /** Takes the survivor out of the groups that the merge brought it into, and puts the merged one back into its own, as far as there
   * still are such. Returns {left, conflicts}: the groups the survivor left. */
  returnMemberships: scalar<{ done: Row<typeof mergeTable>; now: Arg<string> }, Json, 'write'>(
    'return_memberships', [["done","a_done","merge"],["now","a_now","timestamp with time zone"]], 'jsonb'),
  /** The survivor gives back the fields that were filled and the metadata that was added, unless somebody has written there since.
   * Returns {changed, conflicts}. */
  returnProfile: scalar<{ done: Row<typeof mergeTable> }, Json, 'write'>(
    'return_profile', [["done","a_done","merge"]], 'jsonb'),
  /** Hands out the defaults of one customer, whose row is locked, after any change of its addresses: to the address that was wished
   * for, else to the one that holds it, else to the one most recently added or changed. What nobody has vouched for is a default of
   * guests only. The customer's country follows. Addresses that gain or lose a default have another version: a reader sees it.
   * True when a default or the country moved: then the customer's addresses are stamped with the version to come. */
  settleDefaultAddresses: scalar<{ tenant: Arg<string>; customer: Arg<string>; shipping: Arg<string | null>; billing: Arg<string | null> }, boolean, 'write'>(
    'settle_default_addresses', [["tenant","a_tenant","text"],["customer","a_customer","text"],["shipping","a_shipping","text"],["billing","a_billing","text"]], 'boolean'),
  /** What was spent per currency as the API lists it. Its text is rewritten, which takes a fifth of taking it apart and putting it together
   * again: jsonb orders keys and always spaces them alike, and there is nothing in it but currencies and numbers. */
  spentDocument: scalar<{ spent: Arg<Json> }, Json, 'read'>(
    'spent_document', [["spent","a_spent","jsonb"]], 'json'),
  /** Takes a job away in the commit that does it; when another has, ends the commit: there is nothing left to do. */
  takeJob: scalar<{ tenant: Arg<string | null>; id: Arg<string | null> }, void, 'write'>(
    'take_job', [["tenant","a_tenant","text"],["id","a_id","text"]], 'void'),
  /** Parts what was merged: the merged one returns as it was, with the orders that moved in their newest state. What came after stays
   * with the survivor, and so does what somebody has touched since: those are the conflicts. Done twice it changes nothing.
   * a_ids: the first of the ids it may need: address, event, job, mergedEvent, mergedJob, groupEvent, groupJob. Returns its jobs. */
  undoMerge: rows<{ tenant: Arg<string>; id: Arg<string>; since: Arg<string>; currency: Arg<string>; ids: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { value: string }, 'event'>(
    'undo_merge', [["tenant","a_tenant","text"],["id","a_id","text"],["since","a_since","timestamp with time zone"],["currency","a_currency","text"],["ids","a_ids","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { value: ["value","text"] }),
  /** Before an account is moved back to the address it had: parts it from the guests of the addresses it was moved to since, as far as
   * that can still be done. The token is the one in the mail that warned of the first of these moves. Returns the jobs. */
  undoMergesOfMoves: rows<{ tenant: Arg<string>; customer: Arg<string>; token: Arg<string>; since: Arg<string>; currency: Arg<string>; ids: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { value: string }, 'event'>(
    'undo_merges_of_moves', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"],["since","a_since","timestamp with time zone"],["currency","a_currency","text"],["ids","a_ids","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { value: ["value","text"] }),
  /** The customer an id stands for: itself, or the survivor it was merged into (chains are flat). What is erased or deleted is not
   * there: the row of nulls. */
  visibleCustomer: row<{ tenant: Arg<string>; id: Arg<string | null> }, RowOf<typeof customerTable> | null, 'read'>(
    'visible_customer', [["tenant","a_tenant","text"],["id","a_id","text"]], customerTable),
}
