import { and, eq, exists, gt, ne, type SQL, sql } from 'drizzle-orm'
import { inputColumns, writableFieldNames } from '#db/input-fields'
import { attemptTable, mailTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'
import { attemptFields } from '../field-list.ts'

type Address = { readonly tenant: string; readonly emailKey: string; readonly now: string }

/** Whether an attempt has not expired, in any state. */
export const isUnexpiredAttempt = (p: Address) =>
  and(
    eq(attemptTable.tenant, p.tenant),
    eq(attemptTable.emailKey, p.emailKey),
    gt(attemptTable.expiresAt, p.now),
  )

/** Whether a mail with its link may be sent. */
export const isPendingAttempt = (p: Address) =>
  and(isUnexpiredAttempt(p), ne(attemptTable.state, 'void'))

/** Whether the link of the attempt was mailed and still works. */
export const isLiveAttempt = (p: Address) =>
  and(isUnexpiredAttempt(p), eq(attemptTable.state, 'live'))

/** The columns of an attempt from which a customer is created. */
export const newAccountColumnsOfAttempt = {
  ...pick(attemptTable, 'id', 'passwordHash'),
  ...inputColumns(attemptFields, attemptTable),
}

/** What an attempt that is void says of a person. */
const blank = Object.fromEntries(writableFieldNames(attemptFields).map((name) => [name, null]))

/** An attempt to register. */
export const registrationAttemptParams = {
  ...newAccountColumnsOfAttempt,
  ...pick(attemptTable, 'tenant', 'emailKey', 'place'),
  attemptExpiresAt: attemptTable.expiresAt,
  now: attemptTable.createdAt,
}
export type AttemptParams = ValuesOf<typeof registrationAttemptParams>

/** Finds the attempt with the same password: a repeated registration updates that attempt. */
const isSame = (p: AttemptParams) =>
  and(
    eq(attemptTable.tenant, p.tenant),
    eq(attemptTable.emailKey, p.emailKey),
    sql`${attemptTable.passwordHash} is not distinct from ${p.passwordHash}`,
  )

/** The id that the attempt will have. */
export const presentOrNewAttemptId = (p: AttemptParams) =>
  sqlType.text(
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
 * Stores an attempt after its mail. The attempt is live if the mail is sent. So the newest mail in the inbox always has a working link. An existing attempt with the same password gets the new values and stays live.
 */
export function insertOrUpdateAttempt(p: AttemptParams & { readonly mail: string }) {
  const values = {
    ...pick(p, ...writableFieldNames(attemptFields)),
    createdAt: p.now,
    expiresAt: p.attemptExpiresAt,
  }
  const state = sql<'live' | 'unsent'>`case when ${isSent(p)} then 'live' else 'unsent' end`
  return insertFrom(
    attemptTable,
    { ...pick(p, 'tenant', 'id', 'emailKey', 'passwordHash', 'place'), ...values, state },
    sql``,
  ).onConflictDoUpdate({
    target: [attemptTable.tenant, attemptTable.emailKey, attemptTable.passwordHash],
    set: {
      ...values,
      state: sql`case when ${attemptTable.state} = 'live' and ${attemptTable.expiresAt} > ${p.now} then 'live' else excluded.state end`,
    },
  })
}

/** Sets the attempt of this commit's mail to live. It expires with the link, and becomes the newest attempt of its address. */
export const markAttemptLive = (
  p: Pick<AttemptParams, 'tenant' | 'now'> & {
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

/** A CTE that voids attempts and drops their personal data. @param name of the part, which has their ids. */
export const voidAttemptsWhere = (which: SQL | undefined, name: string) =>
  db.$with(name).as(
    db
      .update(attemptTable)
      .set({
        state: 'void',
        ...blank,
        email: sql`${attemptTable.emailKey}`,
        metadata: {},
      })
      .where(which)
      .returning({ id: attemptTable.id }),
  )
