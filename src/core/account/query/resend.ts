import { and, desc, eq, notExists, sql } from 'drizzle-orm'
import { alias, unionAll } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, customerTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import { askedMailing, letter, postAskedMail } from '#query/mail'
import { isLive } from './attempt.ts'

const params = {
  ...askedMailing,
  emailKey: attemptTable.emailKey,
  /** Of several registrations of one address, that with this password is meant. */
  passwordHash: kind.orNull(kind.text),
}
type Params = ValuesOf<typeof params>

/** Mails the link to verify an address once more, a new one. The same work for every address. */
export const resendVerification = useCase('resend_verification', params, (p) => [
  lockEmail(p.tenant, p.emailKey),
  postAskedMail(p, letterFor(p)),
  noAnswer,
])

const isAt = (p: Params, status: 'unverified' | 'active' | 'disabled') =>
  and(
    eq(customerTable.tenant, p.tenant),
    eq(customerTable.emailKey, p.emailKey),
    eq(customerTable.status, status),
  )

/**
 * The owner of an account in use hears of a registration as the first mail said it; of all others, nobody does.
 */
function letterFor(p: Params) {
  const used = alias(customerTable, 'used')
  const meant = candidateOf(p)
  const isUsed = sql`(${used.id} is not null and ${meant.subject} is not null)`
  const either = (owner: unknown, candidate: unknown) =>
    sql`case when ${isUsed} then ${owner} else ${candidate} end`
  return db
    .select(
      letter({
        template: either('account_exists', 'verify'),
        recipient: either(used.email, meant.email),
        locale: sql`${meant.locale}`,
        customerId: either(used.id, meant.customerId),
        emailKey: p.emailKey,
        purpose: either('reset', 'verify'),
        subject: either(used.id, meant.subject),
      }),
    )
    .from(sql`(select) asked`)
    .leftJoin(
      used,
      and(eq(used.tenant, p.tenant), eq(used.emailKey, p.emailKey), eq(used.status, 'active')),
    )
    .leftJoin(meant, sql`true`)
}

/** The registration whose password is named, else an account nobody has claimed, else the newest registration. */
function candidateOf(p: Params) {
  const disabled = db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(isAt(p, 'disabled'))
  const registration = db
    .select({
      email: sql<string>`${attemptTable.email}`.as('meant_email'),
      locale: sql<string | null>`${attemptTable.locale}`.as('meant_locale'),
      subject: sql<string>`${attemptTable.id}`.as('meant_subject'),
      customerId: sql<string | null>`null`.as('meant_customerId'),
      createdAt: sql<string>`${attemptTable.createdAt}`.as('meant_createdAt'),
      place:
        sql<number>`case when ${attemptTable.passwordHash} = ${p.passwordHash} then 0 else 2 end`.as(
          'meant_place',
        ),
    })
    .from(attemptTable)
    .where(and(isLive(p), notExists(disabled)))
  const unclaimed = db
    .select({
      email: sql<string>`${customerTable.email}`.as('meant_email'),
      locale: sql<string | null>`${customerTable.locale}`.as('meant_locale'),
      subject: sql<string>`${customerTable.id}`.as('meant_subject'),
      customerId: sql<string | null>`${customerTable.id}`.as('meant_customerId'),
      createdAt: sql<string>`${customerTable.createdAt}`.as('meant_createdAt'),
      place: sql<number>`1`.as('meant_place'),
    })
    .from(customerTable)
    .where(isAt(p, 'unverified'))
  const all = unionAll(registration, unclaimed).as('candidate')
  return db.select().from(all).orderBy(all.place, desc(all.createdAt)).limit(1).as('meant')
}
