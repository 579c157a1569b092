import { and, eq, exists, type SQL, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import type { InputName } from '#db/field'
import { inputColumns, writableFieldNames } from '#db/input-fields'
import { consentTable, customerTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, differs, insertFrom, isArgumentGiven, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { isThisCustomer, isVersionUnaccepted, lockCustomerOrRefuse } from '#lock/customer'
import {
  boundedMailParams,
  customerRecipient,
  enqueueBoundedMail,
  letterColumns,
  letterLinkColumns,
} from '#query/mail'
import {
  appendEvent,
  appendEventParams,
  nextSequenceAndVersion,
  stampedChangedAt,
} from '#query/outbox'
import { consentFields } from '../field-list.ts'
import { consentRecordsOf, consentStateOf, newestConsentRecord } from './consent-statement-parts.ts'

const params = {
  ...appendEventParams,
  ...boundedMailParams,
  ...pick(customerTable, 'id'),
  ...pick(consentTable, 'purpose', 'state'),
  ...inputColumns(consentFields, consentTable),
  /** A grant waits for the answer to a mail. */
  isDouble: sqlType.flag,
  /** The version of the consent: the number of its records. */
  accepted: sqlType.orNull(sqlType.versions),
}
type Params = ValuesOf<typeof params>

/** The state that the customer comes to. */
const nextState = (p: Params) =>
  sql<
    'granted' | 'pending' | 'withdrawn'
  >`case when ${p.state} = 'granted' and ${p.isDouble} and ${consentStateOf(p.purpose)} is distinct from 'granted'
    then 'pending' else ${p.state} end`

/** Whether the state or the version of the text differs from the newest record. */
const isNew = (p: Params) => {
  const newest = newestConsentRecord(p.tenant, p.id, p.purpose).as('newest')
  const version = sql`(${db.select({ textVersion: newest.textVersion }).from(newest)})`
  return sql`(${differs(consentStateOf(p.purpose), nextState(p))} or ${isArgumentGiven(p.textVersion)} and ${differs(version, p.textVersion)})`
}

/** Whether this transaction has written a record. */
const isWritten = (p: Params) =>
  exists(
    db
      .select({ place: consentTable.place })
      .from(consentTable)
      .where(
        and(
          eq(consentTable.tenant, p.tenant),
          eq(consentTable.customerId, p.id),
          eq(consentTable.purpose, p.purpose),
          sql`${consentTable}.xmin = pg_current_xact_id()::xid`,
        ),
      ),
  )

/**
 * Records what a customer says about a purpose. The same once more is no record and no event. A grant that waits for the double opt-in
 * mails the link, a withdrawal voids it. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`.
 */
export const setConsent = useCase('set_consent', params, (p) => [
  lockCustomerOrRefuse(p),
  refuseStale(p),
  insertFrom(
    consentTable,
    {
      ...pick(p, 'tenant', 'purpose', 'actor', ...writableFieldNames(consentFields)),
      customerId: p.id,
      state: nextState(p),
      requestId: p.request,
      createdAt: p.now,
    },
    sql`from ${customerTable} where ${and(isThisCustomer(p), isNew(p))}`,
  ),
  enqueueBoundedMail(
    p,
    db
      .select(
        letterColumns({
          template: 'consent',
          ...customerRecipient,
          ...letterLinkColumns('consent'),
        }),
      )
      .from(customerTable)
      .where(and(isThisCustomer(p), sql`${nextState(p)} = 'pending'`)),
  ),
  db
    .delete(mailTokenTable)
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        eq(mailTokenTable.subject, p.id),
        eq(mailTokenTable.purpose, 'consent'),
        sql`${p.state} = 'withdrawn' and ${p.isDouble}`,
      ),
    ),
  writeConsentState(p, nextState(p), p, isWritten(p)),
  noAnswer,
])

const refuseStale = (p: Params) =>
  refuseWhen({
    precondition_failed: and(
      isArgumentGiven(p.accepted),
      isVersionUnaccepted(
        sql`(select count(*) from (${consentRecordsOf(p.tenant, p.id)}) r where r.purpose = ${p.purpose})`,
        p.accepted,
      ),
    ),
  })

type Said = { readonly [N in InputName<typeof consentFields>]: SQL | string | null }
type Telling = Pick<Params, 'tenant' | 'now' | 'actor' | 'request' | 'event' | 'job'> & {
  readonly id: string
  readonly purpose: string
}

/** Writes the new state to the customer's row, and appends the event. */
export const writeConsentState = (
  p: Telling,
  state: SQL,
  { source, textVersion }: Said,
  when: SQL,
) =>
  appendEvent(
    p,
    db
      .update(customerTable)
      .set({
        ...nextSequenceAndVersion,
        updatedAt: p.now,
        changedAt: stampedChangedAt([{ field: 'consents' }]),
        consents: sql`${customerTable.consents} || jsonb_build_object(${p.purpose}, ${state})`,
      })
      .where(and(isThisCustomer(p), when))
      .returning(),
    (customer) => ({
      type: 'customer.consent_changed',
      changed: 'stamped',
      data: {
        consent: jsonbOf({
          purpose: sql`${p.purpose}`,
          state: sql`${customer.consents} ->> ${p.purpose}`,
          source: sql`${source}`,
          textVersion: sql`${textVersion}`,
        }),
      },
    }),
  )
