import { and, eq, exists, gt, inArray, notExists, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, isAny, pick } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { emailLock, isCustomer, lockCustomer } from '#lock/customer'
import { isMadeOfAttempt } from './maker.ts'

/** The token of a link in a mail. */
export const link = {
  ...pick(mailTokenTable, 'tenant', 'subject'),
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
  now: mailTokenTable.expiresAt,
}

/** A link, and the purposes that it may have. */
export const spending = {
  ...link,
  purposes: kind.texts,
  /** The caller has a session instead of a password: the link must be this customer's. */
  shopperId: kind.orNull(kind.text),
}
type Spending = ValuesOf<typeof spending>

/** @param isMeant the purpose. */
export const isToken = (p: ValuesOf<typeof link>, isMeant: SQL) =>
  and(
    eq(mailTokenTable.tenant, p.tenant),
    eq(mailTokenTable.id, p.tokenId),
    isMeant,
    eq(mailTokenTable.subject, p.subject),
    eq(mailTokenTable.hash, p.tokenHash),
    gt(mailTokenTable.expiresAt, p.now),
  )

/**
 * Spends the token of a link. It must be unspent, alive, and of the customer's present address. For the link of an attempt, a shopper
 * with a session instead of a password must have made the attempt. Refuses `mail_token_invalid`.
 */
export function spendToken(p: Spending) {
  const spent = db.$with('spent').as(
    db
      .delete(mailTokenTable)
      .where(isToken(p, isAny(mailTokenTable.purpose, p.purposes)))
      .returning({ emailKey: mailTokenTable.emailKey }),
  )
  const customer = db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(
      and(
        isCustomer({ tenant: p.tenant, id: p.subject }),
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
        locked: emailLock(p.tenant, attemptTable.emailKey),
      })
      .from(attemptTable)
      .where(isAttempt(p)),
    db
      .with(spent)
      .select({ isGood: kind.flag(sql`refuse('mail_token_invalid') is null`) })
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
        isMadeOfAttempt(maker),
      ),
    )
}

/** Spends a link of a mail, at the head of the commit that it allows. */
export const spendMailToken = useCase('spend_mail_token', spending, (p) => [
  ...spendToken(p),
  noAnswer,
])
