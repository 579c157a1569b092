// Written by npm run generate from the database and from the files of the functions.
import { oneRowFunction, rowsFunction, scalarFunction, type Arg, type Json, type Row, type RowOf, type RowOrNull } from '#db/function-call'
import { customerTable, type orderTable } from '#db/schema'

export const call = {
  /** The amounts spent per currency, with one paid order more (sign 1) or less (sign -1). A currency without an order is not listed.
   * SQL by hand: arithmetic on JSON, which record_order does between its statements. */
  addOrder: scalarFunction<{ spent: Arg<Json>; o: Row<typeof orderTable>; sign: Arg<number> }, Json, 'read'>(
    'add_order', [["spent","a_spent","jsonb"],["o","o","\"order\""],["sign","a_sign","integer"]], 'jsonb'),
  /** Scans the next customers. Those whose counters differ from the ledger are locked, compared again, recorded and corrected; a job judges
   * them by the rules of groups. A concurrent call finds the scan's row locked and does nothing.
   * SQL by hand: a bounded scan, in which only customers with a difference are locked. */
  correctCounters: rowsFunction<{ tenant: Arg<string>; currency: Arg<string>; now: Arg<string>; limit: Arg<number>; job: Arg<string> }, { more: boolean; examined: number; corrected: number }, 'write'>(
    'correct_counters', [["tenant","a_tenant","text"],["currency","a_currency","text"],["now","a_now","timestamp with time zone"],["limit","a_limit","integer"],["job","a_job","text"]], { more: ["more","boolean"], examined: ["examined","integer"], corrected: ["corrected","integer"] }),
  /** Takes an order's old state out of the counters of a customer and adds its new state, each if it is this customer's. A customer
   * who still exists gets an event: the sequence rises. Returns the customer after that.
   * lock_order_sides has locked that customer before.
   * SQL by hand: record_order calls it in its branches, up to twice, and needs the row. */
  countOrder: oneRowFunction<{ tenant: Arg<string>; customer: Arg<string>; was: RowOrNull<typeof orderTable>; is: Row<typeof orderTable>; currency: Arg<string> }, RowOf<typeof customerTable>, 'write'>(
    'count_order', [["tenant","a_tenant","text"],["customer","a_customer","text"],["was","a_was","\"order\""],["is","a_is","\"order\""],["currency","a_currency","text"]], customerTable),
  /** Adds a sum of orders to a customer's counters (sign 1) or takes it out (sign -1), and reads the time of the last order. A currency
   * without an order is not listed.
   * SQL by hand: move_orders calls it for both sides. */
  countOrders: scalarFunction<{ tenant: Arg<string>; customer: Arg<string>; sign: Arg<number>; orders: Arg<number>; amount: Arg<number>; spent: Arg<Json> }, void, 'write'>(
    'count_orders', [["tenant","a_tenant","text"],["customer","a_customer","text"],["sign","a_sign","integer"],["orders","a_orders","integer"],["amount","a_amount","bigint"],["spent","a_spent","jsonb"]], 'void'),
  /** The given customers whose counters differ from the ledger, with their counters and the right ones.
   * SQL by hand: correct_counters calls it twice, before and after its locks. */
  driftedCustomers: rowsFunction<{ tenant: Arg<string>; ids: Arg<readonly string[]>; currency: Arg<string> }, { id: string; counted: Json; orderCount: number; totalSpent: number; spent: Json; lastOrderAt: string | null }, 'read'>(
    'drifted_customers', [["tenant","a_tenant","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], { id: ["id","text"], counted: ["counted","jsonb"], orderCount: ["order_count","integer"], totalSpent: ["total_spent","bigint"], spent: ["spent","jsonb"], lastOrderAt: ["last_order_at","timestamp with time zone"] }),
  /** Locks orders before they are recorded, and the customers whose counters they touch. If a merge has changed these customers while this
   * waited, it releases its locks and locks the new ones.
   * SQL by hand: it locks in a loop. If another transaction has changed the set of customers meanwhile, it starts again. */
  lockOrderSides: scalarFunction<{ tenant: Arg<string>; orders: Arg<Json> }, void, 'read'>(
    'lock_order_sides', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"]], 'void'),
  /** Moves orders from one customer to another; both are locked. It moves all orders, or those of a list that the first still has. Their
   * sum moves from the counters of the first to those of the second. Returns the ids of the moved orders.
   * SQL by hand: one statement moves the orders and sums them, and two others need the sum. */
  moveOrders: scalarFunction<{ tenant: Arg<string>; from: Arg<string>; to: Arg<string>; ids: Arg<readonly string[] | null>; currency: Arg<string> }, string[], 'write'>(
    'move_orders', [["tenant","a_tenant","text"],["from","a_from","text"],["to","a_to","text"],["ids","a_ids","text[]"],["currency","a_currency","text"]], 'text[]'),
  /** The customers whose counters these orders may touch: those that the orders name (or their survivors), and those that have the orders
   * now. They are in the order of their ids, without duplicates.
   * SQL by hand: lock_order_sides calls it in its loop, once per try; two look-ups by key for each order cost least. */
  orderSides: scalarFunction<{ tenant: Arg<string>; orders: Arg<Json> }, string[], 'read'>(
    'order_sides', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"]], 'text[]'),
  /** Records the state of one order in the ledger, and its difference in the counters of its new and its old customer, with an event for
   * each. lock_order_sides has locked all of them before. Returns whether there is such a customer, whether this state is newer than the
   * ledger's, the order in the ledger after that, and the jobs that were enqueued. a_order: see record_orders.
   * SQL by hand: five branches, and the result of one statement decides whether the next ones run. */
  recordOrder: rowsFunction<{ tenant: Arg<string>; order: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { known: boolean; applied: boolean; document: Json | null; jobs: string[] | null }, 'event'>(
    'record_order', [["tenant","a_tenant","text"],["order","a_order","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { known: ["known","boolean"], applied: ["applied","boolean"], document: ["document","jsonb"], jobs: ["jobs","text[]"] }),
  /** Records the states of many orders in the ledger by record_order. Per order the newest version wins, also when it names another
   * customer; a merged customer's orders belong to its survivor. Each order has the columns of the ledger and the ids event, job,
   * left_event, left_job; the latter two are for the customer that it leaves. Answers have the places of their orders.
   * SQL by hand: a loop, in which each order sees the changes of the one before it. */
  recordOrders: rowsFunction<{ tenant: Arg<string>; orders: Arg<Json>; currency: Arg<string>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { place: number; known: boolean; applied: boolean; document: Json | null; jobs: string[] | null }, 'event'>(
    'record_orders', [["tenant","a_tenant","text"],["orders","a_orders","jsonb"],["currency","a_currency","text"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { place: ["place","integer"], known: ["known","boolean"], applied: ["applied","boolean"], document: ["document","jsonb"], jobs: ["jobs","text[]"] }),
}
