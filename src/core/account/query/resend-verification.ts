import { and, desc, eq, notExists, sql } from 'drizzle-orm'
import { alias, unionAll } from 'drizzle-orm/pg-core'
import { attemptTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import {
  boundedMailParams,
  enqueueBoundedMail,
  letterColumns,
  proofMailTemplateAndLinkEnd,
  proofTemplate,
} from '#query/mail'
import { isPendingAttempt, markAttemptLive } from './registration-attempt.ts'
import { voidExcessAttempts } from './void-excess-registrations.ts'

const params = {
  ...boundedMailParams,
  ...pick(attemptTable, 'emailKey', 'place'),
  /** Selects the registration with this password, if the address has several. */
  passwordHash: sqlType.orNull(sqlType.text),
}
type Params = ValuesOf<typeof params>

/** Mails a new link to verify an address. The work is the same for every address. */
export const resendVerification = useCase('resend_verification', params, (p) => [
  lockEmail(p.tenant, p.emailKey),
  enqueueBoundedMail(p, letterFor(p)),
  markAttemptLive(p),
  voidExcessAttempts(p),
  noAnswer,
])

const isAt = (p: Params, status: 'unverified' | 'active' | 'disabled') =>
  and(
    eq(customerTable.tenant, p.tenant),
    eq(customerTable.emailKey, p.emailKey),
    eq(customerTable.status, status),
  )

/**
 * The mail. The owner of an account in use gets the same mail as at the registration; otherwise the mail has a new link.
 */
function letterFor(p: Params) {
  const used = alias(customerTable, 'used')
  const meant = candidateOf(p)
  const isUsed = sql`(${used.id} is not null and ${meant.subject} is not null)`
  const at = { ...p, customerId: meant.customerId }
  const proof = proofMailTemplateAndLinkEnd(at, proofTemplate(at))
  const either = (owner: unknown, candidate: unknown) =>
    sql`case when ${isUsed} then ${owner} else ${candidate} end`
  return db
    .select(
      letterColumns({
        template: either('account_exists', proof.template),
        recipient: either(used.email, meant.email),
        locale: sql`${meant.locale}`,
        customerId: either(used.id, meant.customerId),
        emailKey: p.emailKey,
        purpose: either('reset', 'verify'),
        subject: either(used.id, meant.subject),
        linkEndsAt: either(null, proof.linkEndsAt),
      }),
    )
    .from(sql`(select) asked`)
    .leftJoin(
      used,
      and(eq(used.tenant, p.tenant), eq(used.emailKey, p.emailKey), eq(used.status, 'active')),
    )
    .leftJoin(meant, sql`true`)
}

/** The registration with the given password, else an unclaimed account, else the newest registration. */
function candidateOf(p: Params) {
  const disabled = db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(isAt(p, 'disabled'))
  const registration = db
    .select({
      email: sqlType.text(sql`${attemptTable.email}`).as('meant_email'),
      locale: sqlType.orNull(sqlType.text)(sql`${attemptTable.locale}`).as('meant_locale'),
      subject: sqlType.text(sql`${attemptTable.id}`).as('meant_subject'),
      customerId: sqlType.orNull(sqlType.text)(sql`null`).as('meant_customerId'),
      createdAt: sqlType.moment(sql`${attemptTable.createdAt}`).as('meant_createdAt'),
      place: sqlType
        .int(sql`case when ${attemptTable.passwordHash} = ${p.passwordHash} then 0 else 2 end`)
        .as('meant_place'),
    })
    .from(attemptTable)
    .where(and(isPendingAttempt(p), notExists(disabled)))
  const unclaimed = db
    .select({
      email: sqlType.text(sql`${customerTable.email}`).as('meant_email'),
      locale: sqlType.orNull(sqlType.text)(sql`${customerTable.locale}`).as('meant_locale'),
      subject: sqlType.text(sql`${customerTable.id}`).as('meant_subject'),
      customerId: sqlType.orNull(sqlType.text)(sql`${customerTable.id}`).as('meant_customerId'),
      createdAt: sqlType.moment(sql`${customerTable.createdAt}`).as('meant_createdAt'),
      place: sqlType.int(sql`1`).as('meant_place'),
    })
    .from(customerTable)
    .where(isAt(p, 'unverified'))
  const all = unionAll(registration, unclaimed).as('candidate')
  return db.select().from(all).orderBy(all.place, desc(all.createdAt)).limit(1).as('meant')
}
