import { and, eq, exists, gt, ne, type SQL, sql } from 'drizzle-orm'
import { db, insertFrom, pick } from '#db/builder'
import { kind } from '#db/kind'
import { attemptTable, mailTable, mailTokenTable } from '#db/schema'
import type { ValuesOf } from '#db/use-case'

type Address = { readonly tenant: string; readonly emailKey: string; readonly now: string }

/** Whether it was made within a day, in any state. */
export const isRemembered = (p: Address) =>
  and(
    eq(attemptTable.tenant, p.tenant),
    eq(attemptTable.emailKey, p.emailKey),
    gt(attemptTable.expiresAt, p.now),
  )

/** Whether a mail with its link may be sent. */
export const isOpen = (p: Address) => and(isRemembered(p), ne(attemptTable.state, 'void'))

/** Whether its link is in the inbox. */
export const isLive = (p: Address) => and(isRemembered(p), eq(attemptTable.state, 'live'))

/** The columns of an attempt from which a customer is created. */
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
  ...pick(attemptTable, 'tenant', 'emailKey', 'place'),
  attemptExpiresAt: attemptTable.expiresAt,
  now: attemptTable.createdAt,
}
export type Attempting = ValuesOf<typeof attempting>

/** The attempt with the same password: a repeat is the same one. */
const isSame = (p: Attempting) =>
  and(
    eq(attemptTable.tenant, p.tenant),
    eq(attemptTable.emailKey, p.emailKey),
    sql`${attemptTable.passwordHash} is not distinct from ${p.passwordHash}`,
  )

/** The id that the attempt will have. */
export const attemptId = (p: Attempting) =>
  kind.text(
    sql`coalesce((${db.select({ id: attemptTable.id }).from(attemptTable).where(isSame(p))}), ${p.id})`,
  )

/** Whether the mail of this commit is sent with a link. */
const isSent = (p: { readonly tenant: string; readonly mail: string }) =>
  exists(
    db
      .select({ id: mailTable.id })
      .from(mailTable)
      .where(
        and(
          eq(mailTable.tenant, p.tenant),
          eq(mailTable.id, p.mail),
          ne(mailTable.template, 'address_reserved'),
        ),
      ),
  )

/**
 * Stores an attempt, after its mail. It is live if that is sent, so that the newest mail in the inbox always holds a working link. One with
 * the same password gets the new values, and stays live.
 */
export function insertAttempt(p: Attempting & { readonly mail: string }) {
  const said = {
    ...pick(p, 'email', 'firstName', 'lastName', 'phone', 'locale', 'metadata'),
    createdAt: p.now,
    expiresAt: p.attemptExpiresAt,
  }
  const state = sql<'live' | 'unsent'>`case when ${isSent(p)} then 'live' else 'unsent' end`
  return insertFrom(
    attemptTable,
    { ...pick(p, 'tenant', 'id', 'emailKey', 'passwordHash', 'place'), ...said, state },
    sql``,
  ).onConflictDoUpdate({
    target: [attemptTable.tenant, attemptTable.emailKey, attemptTable.passwordHash],
    set: {
      ...said,
      state: sql`case when ${attemptTable.state} = 'live' and ${attemptTable.expiresAt} > ${p.now} then 'live' else excluded.state end`,
    },
  })
}

/** Makes the attempt live whose link is in the mail of this commit, for as long as the link. It is the newest one then. */
export const reviveAttempt = (
  p: Pick<Attempting, 'tenant' | 'now'> & {
    readonly mail: string
    readonly mailToken: string
    readonly mailTokenExpiresAt: string
  },
) =>
  db
    .update(attemptTable)
    .set({ state: 'live', createdAt: p.now, expiresAt: p.mailTokenExpiresAt })
    .where(
      and(
        eq(attemptTable.tenant, p.tenant),
        isSent(p),
        eq(
          attemptTable.id,
          sql`(${db
            .select({ subject: mailTokenTable.subject })
            .from(mailTokenTable)
            .where(and(eq(mailTokenTable.tenant, p.tenant), eq(mailTokenTable.id, p.mailToken)))})`,
        ),
      ),
    )

/** The part of a statement that makes attempts void: what they say of a person is dropped. @param name of the part, which has their ids. */
export const voided = (which: SQL | undefined, name: string) =>
  db.$with(name).as(
    db
      .update(attemptTable)
      .set({
        state: 'void',
        email: sql`${attemptTable.emailKey}`,
        firstName: null,
        lastName: null,
        phone: null,
        locale: null,
        metadata: {},
      })
      .where(which)
      .returning({ id: attemptTable.id }),
  )
