// Written by npm run generate from the database and from the files of the functions.
import { row, rows, scalar, type Arg, type Json, type Row, type RowOf, type RowOrNull } from '#db/call'
import { customerTable, type orderTable } from '#db/schema'

export const call = {
  /** What was spent per currency, with one paid order more (sign 1) or less (sign -1); a currency without an order is not listed.
   * SQL by hand: arithmetic on JSON, which record_order does between its statements. */
  addOrder: scalar<{ spent: Arg<Json>; o: Row<typeof orderTable>; sign: Arg<number> }, Json, 'read'>(
    'add_order', [["spent","a_spent","jsonb"],["o","o","\"order\""],["sign","a_sign","integer"]], 'jsonb'),
  /** What was spent per currency, with so much more (or less) of each; a currency without an order is not listed.
   * SQL by hand: arithmetic on JSON. */
  addSpent: scalar<{ spent: Arg<Json>; more: Arg<Json> }, Json, 'read'>(
    'add_spent', [["spent","a_spent","jsonb"],["more","a_more","jsonb"]], 'jsonb'),
  /** Scans the next so many customers: those whose counters are not what the ledger says are locked, measured again, noted and
   * corrected. Who locks the scan's row scans; for another there is nothing to do.
   * SQL by hand: a bounded scan, in which what is found decides whether anyone is locked. */
  correctCounters: rows<{ tenant: Arg<string>; currency: Arg<string>; now: Arg<string>; limit: Arg<number> }, { more: boolean; examined: number; corrected: number }, 'write'>(
    'correct_counters', [["tenant","a_tenant","text"],["currency","a_currency","text"],["now","a_now","timestamp with time zone"],["limit","a_limit","integer"]], { more: ["more","boolean"], examined: ["examined","integer"], corrected: ["corrected","integer"] }),
  /** Takes an order as it is into the counters of a customer and as it was out of them, as far as it is and was this
   * customer's. One who is still there gets an event: the sequence rises. Returns the customer as it is then.
   * SQL by hand: record_order calls it in its branches, up to twice, and needs the row. */
  countOrder: row<{ tenant: Arg<string>; customer: Arg<string>; was: RowOrNull<typeof orderTable>; is: Row<typeof orderTable>; currency: Arg<string> }, RowOf<typeof customerTable>, 'write'>(
    'count_order', [["tenant","a_tenant","text"],["customer","a_customer","text"],["was","a_was","\"order\""],["is","a_is","\"order\""],["currency","a_currency","text"]], customerTable),
  /** Adds a sum of orders to a customer's counters (sign 1) or takes it out (sign -1); when the last order was is looked up.
   * SQL by hand: move_orders calls it for both sides. */
  countOrders: scalar<{ tenant: Arg<string>; customer: Arg<string>; sign: Arg<number>; orders: Arg<number>; amount: Arg<number>; spent: Arg<Json> }, void, 'write'>(
    'count_orders', [["tenant","a_tenant","text"],["customer","a_customer","text"],["sign","a_sign","integer"],["orders","a_orders","integer"],["amount","a_amount","bigint"],["spent","a_spent","jsonb"]], 'void'),
  /** Of these customers those whose counters are not what the ledger says: what they count, and what is right.
   * SQL by hand: correct_counters asks it twice, before and after its locks. */
  driftedCustomers: rows<{ tenant: Arg<string>; ids: Arg<readonly string[]>; currency: Arg<string> }, { id: string; counted: Json; orderCount: number; totalSpent: number; spent: Json; lastOrderAt: string | null }, 'read'>(
    'drifted_customers', [["tenant","a_tenant","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], { id: ["id","text"], counted: ["counted","jsonb"], orderCount: ["order_count","integer"], totalSpent: ["total_spent","bigint"], spent: ["spent","jsonb"], lastOrderAt: ["last_order_at","timestamp with time zone"] }),
  /** What the counters of these customers are by the ledger.
   * SQL by hand: sums of sums as JSON, for a table of ids. */
  ledgerCounters: rows<{ tenant: Arg<string>; ids: Arg<readonly string[]>; currency: Arg<string> }, { id: string; orderCount: number; totalSpent: number; spent: Json; lastOrderAt: string | null }, 'read'>(
    'ledger_counters', [["tenant","a_tenant","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], { id: ["id","text"], orderCount: ["order_count","integer"], totalSpent: ["total_spent","bigint"], spent: ["spent","jsonb"], lastOrderAt: ["last_order_at","timestamp with time zone"] }),
  /** Head of taking in orders: a commit that takes in the same ones waits, and so does one that changes a customer whose counters they
   * touch. When a merge was faster while we waited, the locks are given back, and those are locked whom it named.
   * SQL by hand: it locks in a loop, and starts again when what it waited for has changed whom it must lock. */
  lockOrderSides: scalar<{ tenant: Arg<string>; orders: Arg<Json> }, void, 'read'>(
    'lock_order_sides', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"]], 'void'),
  /** Moves orders from one customer to another, both locked: all there are, or those of a list that it still has. Their sum leaves
   * the one's counters and enters the other's. Returns the ids of what moved.
   * SQL by hand: one statement moves the orders and sums them, and two others need the sum. */
  moveOrders: scalar<{ tenant: Arg<string>; from: Arg<string>; to: Arg<string>; ids: Arg<readonly string[] | null>; currency: Arg<string> }, string[], 'write'>(
    'move_orders', [["tenant","a_tenant","text"],["from","a_from","text"],["to","a_to","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], 'text[]'),
  /** Everyone whose counters these orders may touch: who stands for the customers they name, and whose they are now. In the order of
   * their ids, each once.
   * SQL by hand: it is asked in the loop of lock_order_sides, once per try; two look-ups by key for each order are what costs least. */
  orderSides: scalar<{ tenant: Arg<string>; orders: Arg<Json> }, string[], 'read'>(
    'order_sides', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"]], 'text[]'),
  /** Takes the state of one order into the ledger, and its difference into the counters of whose it is and was, with an event for each.
   * Everyone in it is locked before (lock_order_sides). Returns whether there is such a customer, whether this state is newer than what
   * the ledger had, the order as the ledger has it then, and the jobs that were written. a_order: see record_orders.
   * SQL by hand: five branches, and what one statement finds decides whether the next ones run. */
  recordOrder: rows<{ tenant: Arg<string>; order: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { known: boolean; applied: boolean; document: Json | null; jobs: string[] | null }, 'event'>(
    'record_order', [["tenant","a_tenant","text"],["order","a_order","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { known: ["known","boolean"], applied: ["applied","boolean"], document: ["document","jsonb"], jobs: ["jobs","text[]"] }),
  /** Takes the states of many orders into the ledger, each as record_order does. Per order the newest version wins, also when it names
   * another customer; a merged customer's orders are its survivor's. Each order has the columns of the ledger, and the ids event, job,
   * left_event, left_job of what is appended; the latter two are for the customer whom it leaves. Answers have the places of their orders.
   * SQL by hand: a loop, in which each order meets what the one before it has written. */
  recordOrders: rows<{ tenant: Arg<string>; orders: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { place: number; known: boolean; applied: boolean; document: Json | null; jobs: string[] | null }, 'event'>(
    'record_orders', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { place: ["place","integer"], known: ["known","boolean"], applied: ["applied","boolean"], document: ["document","jsonb"], jobs: ["jobs","text[]"] }),
}
