import { and, eq, isNotNull, isNull, not, notExists, or, type SQL, sql } from 'drizzle-orm'
import { groupTable } from '#db/schema'
import type { Versions } from '#db/sql-type'
import { db, evaluateForEffect, insertFrom } from '#db/statement-builders'
import { refuseStale } from '#lock/customer'

type Which = { readonly tenant: string; readonly group: string }

export const isThisGroup = (p: Which) =>
  and(eq(groupTable.tenant, p.tenant), eq(groupTable.key, p.group))

const group = (p: Which) =>
  db.select({ key: groupTable.key }).from(groupTable).where(isThisGroup(p)).$dynamic()

/** Whether a group exists for readers: it is not being deleted. */
export const isGroupVisible = (p: Which) => and(isThisGroup(p), isNull(groupTable.dissolvedAt))

/** Locks a group, at the head of every change of it. It waits for other changes and for transactions that add members. */
export const lockGroup = (p: Which) => group(p).for('update')

/**
 * Locks the rules of a tenant. Every transaction that changes which groups a rule reads, or that deletes a group, begins with it. It is an advisory lock, for a rule may read any groups; Drizzle has no builder for it.
 */
export const lockRules = ({ tenant }: Pick<Which, 'tenant'>) =>
  evaluateForEffect(sql`pg_advisory_xact_lock(hashtextextended(${tenant}, 4))`)

/** The reason why a group cannot be changed: `group_not_found`. */
export const groupRefusals = (p: Which) => ({
  group_not_found: notExists(group(p).where(isGroupVisible(p))),
})

/** Refuses `precondition_failed` if the group has changed since the caller read it. */
export const refuseStaleGroup = (p: Which, accepted: Versions | null) =>
  refuseStale(groupTable, accepted, isThisGroup(p))

type Joined = Which & {
  readonly name: string | null
  readonly create: boolean
  /** Whether there is anybody who joins. Without it there is. */
  readonly joins?: SQL | undefined
  readonly now: string
}

/** Creates a group that does not exist, if the caller wants that and somebody joins, before members are added. Its name is the text that named it. */
export const createGroupIfWanted = (p: Joined) =>
  insertFrom(
    groupTable,
    { tenant: p.tenant, key: p.group, name: p.name, createdAt: p.now, updatedAt: p.now },
    sql`where ${and(sql`${p.create}`, p.joins, notExists(group(p)))}`,
  ).onConflictDoNothing({ target: [groupTable.tenant, groupTable.key] })

/** After `createGroupIfWanted`: locks the group against deletion until the commit. */
export const lockGroupAgainstDeletion = (p: Which) => group(p).for('key share')

const isGone = isNull(groupTable.key)
const isDissolved = isNotNull(groupTable.dissolvedAt)

/**
 * The reasons why no member can be added, from the row of a group that may be missing: `group_not_found`, or `group_being_deleted` for
 * a group that cannot be created again yet. If a deletion ends while this transaction waits, another try creates the group. If nobody
 * joins, a group that the caller would create may be missing.
 */
export const memberAdditionRefusals = ({ create, joins }: Pick<Joined, 'create' | 'joins'>) => ({
  try_again: and(sql`${create}`, joins, isGone),
  group_being_deleted: and(sql`${create}`, isDissolved),
  group_not_found: or(isDissolved, and(isGone, not(sql`${create}`))),
})

/** The row that `memberAdditionRefusals` reads. */
export const fromGroupIfAny = (p: Which) =>
  sql`from (select) asked left join ${groupTable} on ${isThisGroup(p)}`
