// Written by npm run generate from the database and from the files of the functions.
import { row, scalar, type Arg, type Json, type RowOf, type RowOrNull } from '#db/call'
import { type addressTable, customerTable } from '#db/schema'

export const call = {
  /** An address as the API shows it; which defaults it holds is the customer's to say. */
  addressRowDocument: scalar<{ a: RowOrNull<typeof addressTable>; shipping: Arg<string | null>; billing: Arg<string | null> }, Json | null, 'read'>(
    'address_row_document', [["a","a","address"],["shipping","a_shipping","text"],["billing","a_billing","text"]], 'json'),
  /** An idempotency key: ours to work under, or the reason why not. A volatile function sees, after it waited for the lock,
   * what the twin committed meanwhile. */
  claimKey: scalar<{ tenant: Arg<string>; scope: Arg<string>; key: Arg<string>; fingerprint: Arg<string>; since: Arg<string> }, void, 'read'>(
    'claim_key', [["tenant","a_tenant","text"],["scope","a_scope","text"],["key","a_key","text"],["fingerprint","a_fingerprint","text"],["since","a_since","timestamp with time zone"]], 'void'),
  /** One customer as the API answers with it: the version beside it, and the id that was asked for when that one was merged into
   * it. What is erased or deleted reads as nothing. */
  customerDocument: scalar<{ tenant: Arg<string | null>; id: Arg<string | null>; currency: Arg<string | null> }, Json | null, 'read'>(
    'customer_document', [["tenant","a_tenant","text"],["id","a_id","text"],["currency","a_currency","text"]], 'json'),
  /** A customer's row with its addresses, its fields in the order of the API. The currency is the tenant's. The last expression has
   * no query in it, which PL/pgSQL evaluates without starting an executor. */
  customerRowDocument: scalar<{ it: RowOrNull<typeof customerTable>; currency: Arg<string | null> }, Json | null, 'read'>(
    'customer_row_document', [["it","it","customer"],["currency","a_currency","text"]], 'json'),
  /** What an address is the default for, as the API lists it. */
  defaultFor: scalar<{ id: Arg<string | null>; shipping: Arg<string | null>; billing: Arg<string | null> }, Json | null, 'read'>(
    'default_for', [["id","a_id","text"],["shipping","a_shipping","text"],["billing","a_billing","text"]], 'json'),
  /** The customer's row, after waiting for whoever is changing it; refuses what cannot be written to. A function of its own, so that
   * the statements after it see what it waited for. With a version, refuses when the reader's copy is stale. */
  holdCustomer: row<{ tenant: Arg<string>; id: Arg<string>; version?: Arg<number | null> }, RowOf<typeof customerTable>, 'read'>(
    'hold_customer', [["tenant","a_tenant","text"],["id","a_id","text"],["version","a_version","integer"]], customerTable),
  /** A moment as RFC 3339 writes it, to the millisecond. */
  iso: scalar<{ moment: Arg<string | null> }, string | null, 'read'>(
    'iso', [["moment","a_moment","timestamp with time zone"]], 'text'),
  /** Keeps the answer with the change it answers, and returns it. */
  keepAnswer: scalar<{ tenant: Arg<string | null>; scope: Arg<string | null>; key: Arg<string | null>; fingerprint: Arg<string | null>; answer: Arg<Json | null>; customer: Arg<string | null>; now: Arg<string | null> }, Json | null, 'write'>(
    'keep_answer', [["tenant","a_tenant","text"],["scope","a_scope","text"],["key","a_key","text"],["fingerprint","a_fingerprint","text"],["answer","a_answer","json"],["customer","a_customer","text"],["now","a_now","timestamp with time zone"]], 'json'),
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
  /** RFC 7396 for a flat object: null removes. */
  mergePatch: scalar<{ target: Arg<Json>; patch: Arg<Json> }, Json, 'read'>(
    'merge_patch', [["target","a_target","jsonb"],["patch","a_patch","jsonb"]], 'jsonb'),
  /** The n-th of many ids made at once, n from 0 to 1,048,575: the first with its last twenty random bits counting (RFC 9562, 6.2). */
  nthId: scalar<{ first: Arg<string>; n: Arg<number> }, string, 'read'>(
    'nth_id', [["first","a_first","text"],["n","n","integer"]], 'text'),
  /** Refuses when a reader's copy is stale, and says in which fields. A reader that names no version is content with any. */
  refuseStale: scalar<{ read: Arg<number | null>; version: Arg<number>; changedAt: Arg<Json> }, void, 'read'>(
    'refuse_stale', [["read","a_read","integer"],["version","a_version","integer"],["changedAt","a_changed_at","jsonb"]], 'void'),
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
  /** The customer an id stands for: itself, or the survivor it was merged into (chains are flat). What is erased or deleted is not
   * there: the row of nulls. */
  visibleCustomer: row<{ tenant: Arg<string>; id: Arg<string | null> }, RowOf<typeof customerTable> | null, 'read'>(
    'visible_customer', [["tenant","a_tenant","text"],["id","a_id","text"]], customerTable),
}
