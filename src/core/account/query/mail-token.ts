import { and, eq, exists, gt, inArray, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { emailLock, isCustomer, lockCustomer } from '#lock/customer'

/** The token of a link in a mail, and what the link is to be good for. */
export const spending = {
  ...pick(mailTokenTable, 'tenant', 'purpose', 'subject'),
  tokenId: mailTokenTable.id,
  tokenHash: mailTokenTable.hash,
  /** Comes with a session instead of a password: the link must be this customer's. */
  shopperId: kind.orNull(kind.text),
  now: mailTokenTable.expiresAt,
}
type Spending = ValuesOf<typeof spending>

export const isToken = (p: Omit<Spending, 'shopperId'>) =>
  and(
    eq(mailTokenTable.tenant, p.tenant),
    eq(mailTokenTable.id, p.tokenId),
    eq(mailTokenTable.purpose, p.purpose),
    eq(mailTokenTable.subject, p.subject),
    eq(mailTokenTable.hash, p.tokenHash),
    gt(mailTokenTable.expiresAt, p.now),
  )

/**
 * Uses up the token of a link, which must be unspent, alive, and of the address that its customer still has. Of an attempt, a shopper
 * who comes with a session instead of a password must be who made it. Refuses `mail_token_invalid`.
 */
export function spendToken(p: Spending) {
  const spent = db
    .$with('spent')
    .as(
      db.delete(mailTokenTable).where(isToken(p)).returning({ emailKey: mailTokenTable.emailKey }),
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

/** The shopper, if its password is the attempt's. A credential of the provider says what it was made of. */
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
        sql`(${maker.passwordHash} = ${attemptTable.passwordHash} or (${maker.passwordHash} like '$hanzo$%'
          and split_part(${maker.passwordHash}, '$', 5) = encode(sha256(convert_to(${attemptTable.passwordHash}, 'UTF8')), 'hex')))`,
      ),
    )
}

/** Head of a commit that a link in a mail allows, once. */
export const spendMailToken = useCase('spend_mail_token', spending, (p) => [
  ...spendToken(p),
  noAnswer,
])
