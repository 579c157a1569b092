import { and, eq, exists, gt, notExists, or, sql } from 'drizzle-orm'
import { consentTable, customerTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { isThisCustomer, lockCustomer } from '#lock/customer'
import { isNeitherErasedNorDeleted } from '#query/customer'
import { appendEventParams } from '#query/outbox'
import { consentStateOf, newestConsentRecord } from './consent-statement-parts.ts'
import { writeConsentState } from './set.ts'

const params = {
  ...appendEventParams,
  ...pick(customerTable, 'id'),
  ...pick(consentTable, 'purpose'),
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
}
type Params = ValuesOf<typeof params>

/** What the record of the grant says about its origin. */
const SOURCE = 'double opt-in'

/** The link of a mail to the customer's present address, which nothing has voided. */
const link = (p: Params) =>
  db
    .select({ id: mailTokenTable.id })
    .from(mailTokenTable)
    .innerJoin(
      customerTable,
      and(
        isThisCustomer(p),
        isNeitherErasedNorDeleted(customerTable),
        eq(customerTable.emailKey, mailTokenTable.emailKey),
      ),
    )
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        eq(mailTokenTable.id, p.tokenId),
        eq(mailTokenTable.purpose, 'consent'),
        eq(mailTokenTable.subject, p.id),
        eq(mailTokenTable.hash, p.tokenHash),
        gt(mailTokenTable.expiresAt, p.now),
        or(
          sql`${consentStateOf(p.purpose)} = 'pending'`,
          sql`${consentStateOf(p.purpose)} = 'granted'`,
        ),
      ),
    )

const isPending = (p: Params) =>
  exists(
    db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(and(isThisCustomer(p), sql`${consentStateOf(p.purpose)} = 'pending'`)),
  )

/**
 * Grants a consent that waits for its double opt-in, with the text that was agreed to. The link stays until it ends: a repeat is answered
 * alike, and changes nothing. A withdrawal has voided it. Refuses `mail_token_invalid`.
 */
export const confirmConsent = useCase('confirm_consent', params, (p) => {
  const asked = newestConsentRecord(p.tenant, p.id, p.purpose).as('asked')
  const said = {
    source: sql<string>`'${sql.raw(SOURCE)}'`,
    textVersion: sqlType.text(sql`(${db.select({ textVersion: asked.textVersion }).from(asked)})`),
  }
  return [
    lockCustomer(p),
    refuseWhen({ mail_token_invalid: notExists(link(p)) }),
    insertFrom(
      consentTable,
      {
        ...pick(p, 'tenant', 'purpose', 'actor'),
        customerId: p.id,
        state: 'granted',
        ...said,
        requestId: p.request,
        createdAt: p.now,
      },
      sql`where ${isPending(p)}`,
    ),
    writeConsentState(p, sql`'granted'`, said, sql`${consentStateOf(p.purpose)} = 'pending'`),
    noAnswer,
  ]
})
