import { and, eq, exists, gt, inArray, notExists, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, pick } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { emailLockExpression, isThisCustomer, lockCustomer } from '#lock/customer'
import { hasSamePasswordAsAttempt } from './has-same-password-as-attempt.ts'

/** The token of a link in a mail. */
export const mailTokenParams = {
  ...pick(mailTokenTable, 'tenant', 'subject'),
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
  now: mailTokenTable.expiresAt,
}

/** A link, and the purposes that it may have. */
export const spendTokenParams = {
  ...mailTokenParams,
  purposes: sqlType.texts,
  /** The caller has a session instead of a password: the link must be this customer's. */
  shopperId: sqlType.orNull(sqlType.text),
}
type Spending = ValuesOf<typeof spendTokenParams>

/** @param isMeant the purpose. */
export const isValidMailToken = (p: ValuesOf<typeof mailTokenParams>, isMeant: SQL) =>
  and(
    eq(mailTokenTable.tenant, p.tenant),
    eq(mailTokenTable.id, p.tokenId),
    isMeant,
    eq(mailTokenTable.subject, p.subject),
    eq(mailTokenTable.hash, p.tokenHash),
    gt(mailTokenTable.expiresAt, p.now),
  )

/**
 * Spends the token of a link. The token must be unspent, unexpired, and for the customer's present address. If the link belongs to an attempt and the caller has a session but no password, the attempt must have the shopper's password. Refuses `mail_token_invalid`.
 */
export function spendToken(p: Spending) {
  const spent = db.$with('spent').as(
    db
      .delete(mailTokenTable)
      .where(isValidMailToken(p, isAnyOf(mailTokenTable.purpose, p.purposes)))
      .returning({ emailKey: mailTokenTable.emailKey }),
  )
  const customer = db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(
      and(
        isThisCustomer({ tenant: p.tenant, id: p.subject }),
        eq(customerTable.emailKey, spent.emailKey),
        inArray(customerTable.status, ['unverified', 'active']),
        sql`coalesce(${customerTable.id} = ${p.shopperId}, true)`,
      ),
    )
  const attempt = db
    .select({ id: attemptTable.id })
    .from(attemptTable)
    .where(and(isAttempt(p), or(sql`${p.shopperId} is null`, exists(makerOf(p)))))
  return [
    lockCustomer({ tenant: p.tenant, id: p.subject }),
    db
      .select({
        locked: emailLockExpression(p.tenant, attemptTable.emailKey),
      })
      .from(attemptTable)
      .where(isAttempt(p)),
    db
      .with(spent)
      .select({ isGood: sqlType.flag(sql`refuse('mail_token_invalid') is null`) })
      .from(sql`(select) asked`)
      .where(
        notExists(
          db
            .select({ emailKey: spent.emailKey })
            .from(spent)
            .where(or(exists(customer), exists(attempt))),
        ),
      ),
  ] as const
}

const isAttempt = (p: Spending) =>
  and(eq(attemptTable.tenant, p.tenant), eq(attemptTable.id, p.subject))

/** The shopper, if its password is the attempt's. */
function makerOf(p: Spending) {
  const maker = alias(customerTable, 'maker')
  return db
    .select({ id: maker.id })
    .from(maker)
    .where(
      and(
        eq(maker.tenant, p.tenant),
        sql`${maker.id} = ${p.shopperId}`,
        eq(maker.emailKey, attemptTable.emailKey),
        hasSamePasswordAsAttempt(maker),
      ),
    )
}

/** Uses up a link from a mail. Call it first in the commit that the link permits. */
export const spendMailToken = useCase('spend_mail_token', spendTokenParams, (p) => [
  ...spendToken(p),
  noAnswer,
])
