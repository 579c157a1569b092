// Written by npm run generate from the database and from the files of the functions.
import { rowsFunction, scalarFunction, type Arg, type Json, type Row } from '#db/function-call'
import { type customerTable } from '#db/schema'

export const call = {
  /** Appends an event of one customer in the commit that changes it: raises the customer's sequence number, and inserts the event and the
   * job that announces it. a_changed names the changed fields that a reader sees. Returns the sequence, null without such a customer.
   * SQL by hand: the functions of merges call it, and they are SQL too. A use case calls appendEvent of the outbox instead. */
  appendEvent: scalarFunction<{ tenant: Arg<string>; customer: Arg<string>; event: Arg<string>; job: Arg<string>; type: Arg<string>; changed: Arg<readonly string[]>; data: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, number | null, 'event'>(
    'append_event', [["tenant","a_tenant","text"],["customer","a_customer","text"],["event","a_event","text"],["job","a_job","text"],["type","a_type","text"],["changed","a_changed","text[]"],["data","a_data","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'integer'),
  /** Appends an event of a change that is in the customer's row already, with its sequence: inserts the event and the job that announces
   * it. a_changed names the changed fields that a reader sees. Returns the job's id.
   * SQL by hand: the functions of orders and of merges call it with a row that they have. A use case has appendEvent of the outbox. */
  appendEventOfRow: scalarFunction<{ customer: Row<typeof customerTable>; event: Arg<string>; job: Arg<string>; type: Arg<string>; changed: Arg<readonly string[]>; data: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, string, 'event'>(
    'append_event_of_row', [["customer","a_customer","customer"],["event","a_event","text"],["job","a_job","text"],["type","a_type","text"],["changed","a_changed","text[]"],["data","a_data","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'text'),
  /** Appends events of many customers in the commit that changes them, as append_event does for one. a_changes is a JSON array with an
   * object per event: customerId and the event's other data; a customer may have several. a_changed names the changed fields that a
   * reader sees in each of them. The caller has locked the customers in the order of their ids. Returns the jobs' ids.
   * SQL by hand: the functions of merges call it, and they are SQL too. */
  appendEvents: rowsFunction<{ tenant: Arg<string>; firstEvent: Arg<string>; firstJob: Arg<string>; type: Arg<string>; changed: Arg<readonly string[]>; changes: Arg<Json | null>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, { value: string }, 'event'>(
    'append_events', [["tenant","a_tenant","text"],["firstEvent","a_first_event","text"],["firstJob","a_first_job","text"],["type","a_type","text"],["changed","a_changed","text[]"],["changes","a_changes","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], { value: ["value","text"] }),
  /** The n-th of many ids made at once, n from 0 to 1,048,575. The last twenty random bits of the first id count up (RFC 9562, 6.2), so the
   * n-th after the m-th is the one after n + m.
   * SQL by hand: a primitive that statements and functions of many nouns call. */
  nthId: scalarFunction<{ first: Arg<string>; n: Arg<number> }, string, 'read'>(
    'nth_id', [["first","a_first","text"],["n","n","integer"]], 'text'),
}
