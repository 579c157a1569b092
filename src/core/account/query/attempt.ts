import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { db, insertFrom, pick } from '#db/builder'
import { attemptTable } from '#db/schema'
import type { ValuesOf } from '#db/use-case'

/** Of one address at a time. More are not stored: all links that were mailed stay good. */
const LIVE_ATTEMPTS = 5

type Address = { readonly tenant: string; readonly emailKey: string; readonly now: string }

export const isLive = (p: Address) =>
  and(
    eq(attemptTable.tenant, p.tenant),
    eq(attemptTable.emailKey, p.emailKey),
    gt(attemptTable.expiresAt, p.now),
  )

/** What an attempt would make a customer of. */
export const attemptColumns = pick(
  attemptTable,
  'id',
  'passwordHash',
  'email',
  'firstName',
  'lastName',
  'phone',
  'locale',
  'metadata',
)

/** An attempt to register. */
export const attempting = {
  ...attemptColumns,
  ...pick(attemptTable, 'tenant', 'emailKey'),
  attemptExpiresAt: attemptTable.expiresAt,
  now: attemptTable.createdAt,
}
type Attempting = ValuesOf<typeof attempting>

/** Stores an attempt. With the same password it is the same attempt, and what it says now counts. */
export function insertAttempt(p: Attempting) {
  const others = db
    .select({ count: sql`count(*)` })
    .from(attemptTable)
    .where(and(isLive(p), sql`${attemptTable.passwordHash} is distinct from ${p.passwordHash}`))
  const said = {
    ...pick(p, 'email', 'firstName', 'lastName', 'phone', 'locale', 'metadata'),
    createdAt: p.now,
    expiresAt: p.attemptExpiresAt,
  }
  return insertFrom(
    attemptTable,
    { ...pick(p, 'tenant', 'id', 'emailKey', 'passwordHash'), ...said },
    sql`where ${lt(sql`(${others})`, LIVE_ATTEMPTS)}`,
  ).onConflictDoUpdate({
    target: [attemptTable.tenant, attemptTable.emailKey, attemptTable.passwordHash],
    set: said,
  })
}
