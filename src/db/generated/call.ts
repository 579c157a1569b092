// Written by npm run generate from the database and from the files of the functions.
import { row, scalar, type Arg, type Json, type RowOf, type RowOrNull } from '#db/call'
import { type addressTable, customerTable } from '#db/schema'

export const call = {
  /** An address as the API shows it; which defaults it holds is the customer's to say. */
  addressRowDocument: scalar<{ a: RowOrNull<typeof addressTable>; shipping: Arg<string | null>; billing: Arg<string | null> }, Json | null, 'read'>(
    'address_row_document', [["a","a","address"],["shipping","a_shipping","text"],["billing","a_billing","text"]], 'json'),
  /** Head of whatever a shopper asks for: the access token outlives neither its session nor the right to log in. */
  checkSession: scalar<{ tenant: Arg<string | null>; customer: Arg<string | null>; session: Arg<string | null>; now: Arg<string | null> }, void, 'read'>(
    'check_session', [["tenant","a_tenant","text"],["customer","a_customer","text"],["session","a_session","text"],["now","a_now","timestamp with time zone"]], 'void'),
  /** The owner of the address has proven it: the account is theirs, with this password (null: the one it has), and every session and
   * link of before is void. With a_drop goes what others than the owner may have written: contact data nobody vouched for, and the
   * whole profile of an account that a stranger's login had made. Stamps what a reader sees changed, under the version to come. */
  claimAccount: scalar<{ tenant: Arg<string | null>; id: Arg<string | null>; passwordHash: Arg<string | null>; drop: Arg<boolean | null>; now: Arg<string | null> }, void, 'write'>(
    'claim_account', [["tenant","a_tenant","text"],["id","a_id","text"],["passwordHash","a_password_hash","text"],["drop","a_drop","boolean"],["now","a_now","timestamp with time zone"]], 'void'),
  /** An idempotency key: ours to work under, or the reason why not. A volatile function sees, after it waited for the lock,
   * what the twin committed meanwhile. */
  claimKey: scalar<{ tenant: Arg<string>; scope: Arg<string>; key: Arg<string>; fingerprint: Arg<string>; since: Arg<string> }, void, 'read'>(
    'claim_key', [["tenant","a_tenant","text"],["scope","a_scope","text"],["key","a_key","text"],["fingerprint","a_fingerprint","text"],["since","a_since","timestamp with time zone"]], 'void'),
  /** The customer moves to the address it wished for, which it has proven; the old one is reserved until the time to undo is over. */
  confirmEmail: scalar<{ tenant: Arg<string | null>; customer: Arg<string | null>; token: Arg<string | null>; hash: Arg<string | null>; now: Arg<string | null>; undoUntil: Arg<string | null> }, void, 'write'>(
    'confirm_email', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"],["hash","a_hash","text"],["now","a_now","timestamp with time zone"],["undoUntil","a_undo_until","timestamp with time zone"]], 'void'),
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
  /** The name that statements which are sent as they are call append_event by. */
  emit: scalar<{ tenant: Arg<string>; customer: Arg<string>; event: Arg<string>; job: Arg<string>; type: Arg<string>; changed: Arg<readonly string[] | null>; data: Arg<Json>; actor: Arg<Json>; request: Arg<string | null>; now: Arg<string> }, number | null, 'event'>(
    'emit', [["tenant","a_tenant","text"],["customer","a_customer","text"],["event","a_event","text"],["job","a_job","text"],["type","a_type","text"],["changed","a_changed","text[]"],["data","a_data","jsonb"],["actor","a_actor","jsonb"],["request","a_request","text"],["now","a_now","timestamp with time zone"]], 'integer'),
  /** Notes that the guest of an address is due to be merged into its account, if it is, with the job that will do it. Returns the
   * job's id, null when there is nothing to do or it is noted already. */
  enqueueMerge: scalar<{ tenant: Arg<string>; emailKey: Arg<string | null>; merge: Arg<string | null>; job: Arg<string>; now: Arg<string> }, string | null, 'write'>(
    'enqueue_merge', [["tenant","a_tenant","text"],["emailKey","a_email_key","text"],["merge","a_merge","text"],["job","a_job","text"],["now","a_now","timestamp with time zone"]], 'text'),
  /** The session of an access token that was issued elsewhere: the one it was handed out with; else, once, a session of its own, when
   * its identity has an account here that may log in, and no session of that has ended since the token was issued. Never by e-mail. */
  enterByToken: scalar<{ tenant: Arg<string | null>; hash: Arg<string | null>; identity: Arg<string | null>; session: Arg<string | null>; client: Arg<string | null>; statuses: Arg<readonly string[] | null>; issued: Arg<string | null>; expires: Arg<string | null>; now: Arg<string | null> }, Json | null, 'write'>(
    'enter_by_token', [["tenant","a_tenant","text"],["hash","a_hash","text"],["identity","a_identity","text"],["session","a_session","text"],["client","a_client","text"],["statuses","a_statuses","text[]"],["issued","a_issued","timestamp with time zone"],["expires","a_expires","timestamp with time zone"],["now","a_now","timestamp with time zone"]], 'json'),
  /** The address has an owner now: whoever else tried to register it did so in vain. */
  forgetAttempts: scalar<{ tenant: Arg<string | null>; emailKey: Arg<string | null> }, void, 'write'>(
    'forget_attempts', [["tenant","a_tenant","text"],["emailKey","a_email_key","text"]], 'void'),
  /** The customer's row, after waiting for whoever is changing it; refuses what cannot be written to. A function of its own, so that
   * the statements after it see what it waited for. With a version, refuses when the reader's copy is stale. */
  holdCustomer: row<{ tenant: Arg<string>; id: Arg<string>; version?: Arg<number | null> }, RowOf<typeof customerTable>, 'read'>(
    'hold_customer', [["tenant","a_tenant","text"],["id","a_id","text"],["version","a_version","integer"]], customerTable),
  /** Head of what someone does who has just shown the password: waits for whoever is changing the account, and refuses when that is no
   * longer its password. A function of its own, so that the statements after it see what it waited for. */
  holdPassword: scalar<{ tenant: Arg<string | null>; customer: Arg<string | null>; credential: Arg<string | null> }, void, 'read'>(
    'hold_password', [["tenant","a_tenant","text"],["customer","a_customer","text"],["credential","a_credential","text"]], 'void'),
  /** Head of what someone does with a session in place of the password: waits for whoever is changing the account, and refuses when that
   * has ended the session. A function of its own, so that the statements after it see what it waited for. */
  holdSession: scalar<{ tenant: Arg<string | null>; customer: Arg<string | null>; session: Arg<string | null>; now: Arg<string | null> }, void, 'read'>(
    'hold_session', [["tenant","a_tenant","text"],["customer","a_customer","text"],["session","a_session","text"],["now","a_now","timestamp with time zone"]], 'void'),
  /** A moment as RFC 3339 writes it, to the millisecond. */
  iso: scalar<{ moment: Arg<string | null> }, string | null, 'read'>(
    'iso', [["moment","a_moment","timestamp with time zone"]], 'text'),
  /** Keeps the answer with the change it answers, and returns it. */
  keepAnswer: scalar<{ tenant: Arg<string | null>; scope: Arg<string | null>; key: Arg<string | null>; fingerprint: Arg<string | null>; answer: Arg<Json | null>; customer: Arg<string | null>; now: Arg<string | null> }, Json | null, 'write'>(
    'keep_answer', [["tenant","a_tenant","text"],["scope","a_scope","text"],["key","a_key","text"],["fingerprint","a_fingerprint","text"],["answer","a_answer","json"],["customer","a_customer","text"],["now","a_now","timestamp with time zone"]], 'json'),
  /** Keeps which session an access token belongs to, when there is such a session. */
  keepSessionToken: scalar<{ tenant: Arg<string | null>; hash: Arg<string | null>; session: Arg<string | null>; issued: Arg<string | null>; expires: Arg<string | null> }, void, 'write'>(
    'keep_session_token', [["tenant","a_tenant","text"],["hash","a_hash","text"],["session","a_session","text"],["issued","a_issued","timestamp with time zone"],["expires","a_expires","timestamp with time zone"]], 'void'),
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
  /** Opens a session for a customer who may log in. With a hash only while that is still the password's, for it was checked before
   * this transaction. The fifty newest sessions stay. Returns whether it did. */
  openSession: scalar<{ tenant: Arg<string | null>; session: Arg<string | null>; customer: Arg<string | null>; client: Arg<string | null>; refreshHash: Arg<string | null>; userAgent: Arg<string | null>; address: Arg<string | null>; passwordHash: Arg<string | null>; statuses: Arg<readonly string[] | null>; now: Arg<string | null>; expires: Arg<string | null> }, boolean | null, 'write'>(
    'open_session', [["tenant","a_tenant","text"],["session","a_session","text"],["customer","a_customer","text"],["client","a_client","text"],["refreshHash","a_refresh_hash","text"],["userAgent","a_user_agent","text"],["address","a_address","text"],["passwordHash","a_password_hash","text"],["statuses","a_statuses","text[]"],["now","a_now","timestamp with time zone"],["expires","a_expires","timestamp with time zone"]], 'boolean'),
  /** Writes a mail to be sent, the token its link carries, and the job that sends it. With a quota key it is silent when strangers
   * have had a mail sent to that address within a minute, or five within a day. Returns the job, null when there is none. */
  postMail: scalar<{ tenant: Arg<string | null>; mail: Arg<string | null>; job: Arg<string | null>; quotaKey: Arg<string | null>; template: Arg<string | null>; recipient: Arg<string | null>; locale: Arg<string | null>; customer: Arg<string | null>; token: Arg<string | null>; purpose: Arg<string | null>; subject: Arg<string | null>; change: Arg<string | null>; emailKey: Arg<string | null>; hash: Arg<string | null>; expires: Arg<string | null>; now: Arg<string | null> }, string | null, 'write'>(
    'post_mail', [["tenant","a_tenant","text"],["mail","a_mail","text"],["job","a_job","text"],["quotaKey","a_quota_key","text"],["template","a_template","text"],["recipient","a_recipient","text"],["locale","a_locale","text"],["customer","a_customer","text"],["token","a_token","text"],["purpose","a_purpose","text"],["subject","a_subject","text"],["change","a_change","text"],["emailKey","a_email_key","text"],["hash","a_hash","text"],["expires","a_expires","timestamp with time zone"],["now","a_now","timestamp with time zone"]], 'text'),
  /** Refuses when a reader's copy is stale, and says in which fields. A reader that names no version is content with any. */
  refuseStale: scalar<{ read: Arg<number | null>; version: Arg<number>; changedAt: Arg<Json> }, void, 'read'>(
    'refuse_stale', [["read","a_read","integer"],["version","a_version","integer"],["changedAt","a_changed_at","jsonb"]], 'void'),
  /** May a password be tried now? 0: yes, and until it is settled the try counts as failed, so that tries at the same time cannot
   * overtake the count. Else the seconds to wait, and nothing is counted. Four failures of an account and nineteen from one place
   * are free; from then on the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one a minute, an
   * account all of them after a day. The clocks of two callers may differ, so that who is not to wait has no end of a wait either. */
  reserveTry: scalar<{ tenant: Arg<string>; account: Arg<string>; caller: Arg<string | null>; customer: Arg<string | null>; now: Arg<string> }, number, 'write'>(
    'reserve_try', [["tenant","a_tenant","text"],["account","a_account","text"],["caller","a_caller","text"],["customer","a_customer","text"],["now","a_now","timestamp with time zone"]], 'integer'),
  /** Exchanges the refresh token of a session for the next. One that is not the newest was used before: thief and owner cannot be
   * told apart, so the session ends. Returns the customer, null when there is no session any more. */
  rotateSession: scalar<{ tenant: Arg<string | null>; session: Arg<string | null>; client: Arg<string | null>; hash: Arg<string | null>; nextHash: Arg<string | null>; statuses: Arg<readonly string[] | null>; now: Arg<string | null> }, string | null, 'write'>(
    'rotate_session', [["tenant","a_tenant","text"],["session","a_session","text"],["client","a_client","text"],["hash","a_hash","text"],["nextHash","a_next_hash","text"],["statuses","a_statuses","text[]"],["now","a_now","timestamp with time zone"]], 'text'),
  /** Hands out the defaults of one customer, whose row is locked, after any change of its addresses: to the address that was wished
   * for, else to the one that holds it, else to the one most recently added or changed. What nobody has vouched for is a default of
   * guests only. The customer's country follows. Addresses that gain or lose a default have another version: a reader sees it.
   * True when a default or the country moved: then the customer's addresses are stamped with the version to come. */
  settleDefaultAddresses: scalar<{ tenant: Arg<string>; customer: Arg<string>; shipping: Arg<string | null>; billing: Arg<string | null> }, boolean, 'write'>(
    'settle_default_addresses', [["tenant","a_tenant","text"],["customer","a_customer","text"],["shipping","a_shipping","text"],["billing","a_billing","text"]], 'boolean'),
  /** The try that was reserved did not fail: it is taken off the counts, or with the right to it the account's count is forgotten. */
  settleTry: scalar<{ tenant: Arg<string>; account: Arg<string>; caller: Arg<string | null>; forget: Arg<boolean> }, void, 'write'>(
    'settle_try', [["tenant","a_tenant","text"],["account","a_account","text"],["caller","a_caller","text"],["forget","a_forget","boolean"]], 'void'),
  /** What was spent per currency as the API lists it. Its text is rewritten, which takes a fifth of taking it apart and putting it together
   * again: jsonb orders keys and always spaces them alike, and there is nothing in it but currencies and numbers. */
  spentDocument: scalar<{ spent: Arg<Json> }, Json, 'read'>(
    'spent_document', [["spent","a_spent","jsonb"]], 'json'),
  /** Takes a job away in the commit that does it; when another has, ends the commit: there is nothing left to do. */
  takeJob: scalar<{ tenant: Arg<string | null>; id: Arg<string | null> }, void, 'write'>(
    'take_job', [["tenant","a_tenant","text"],["id","a_id","text"]], 'void'),
  /** The owner of the old address takes the account back. Whoever moved it knows the password, so that is void, with every session,
   * every open link and every move made after this one. */
  undoEmail: scalar<{ tenant: Arg<string | null>; customer: Arg<string | null>; token: Arg<string | null>; hash: Arg<string | null>; now: Arg<string | null> }, void, 'write'>(
    'undo_email', [["tenant","a_tenant","text"],["customer","a_customer","text"],["token","a_token","text"],["hash","a_hash","text"],["now","a_now","timestamp with time zone"]], 'void'),
  /** Uses up the token of a link, which must be for this, unspent, alive, and of the address that its customer still has. Of an
   * attempt, a shopper who comes with a session instead of a password must be who made it. */
  useMailToken: scalar<{ tenant: Arg<string | null>; purpose: Arg<string | null>; token: Arg<string | null>; subject: Arg<string | null>; hash: Arg<string | null>; shopper: Arg<string | null>; now: Arg<string | null> }, void, 'write'>(
    'use_mail_token', [["tenant","a_tenant","text"],["purpose","a_purpose","text"],["token","a_token","text"],["subject","a_subject","text"],["hash","a_hash","text"],["shopper","a_shopper","text"],["now","a_now","timestamp with time zone"]], 'void'),
  /** The customer an id stands for: itself, or the survivor it was merged into (chains are flat). What is erased or deleted is not
   * there: the row of nulls. */
  visibleCustomer: row<{ tenant: Arg<string>; id: Arg<string | null> }, RowOf<typeof customerTable> | null, 'read'>(
    'visible_customer', [["tenant","a_tenant","text"],["id","a_id","text"]], customerTable),
}
