import { and, eq, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { db, insertFrom } from '#db/builder'
import { groupTable } from '#db/schema'
import { refuseStale } from '#lock/customer'

type Which = { readonly tenant: string; readonly group: string }

export const isGroup = (p: Which) =>
  and(eq(groupTable.tenant, p.tenant), eq(groupTable.key, p.group))

const group = (p: Which) =>
  db.select({ key: groupTable.key }).from(groupTable).where(isGroup(p)).$dynamic()

/** A group that is being deleted is not there. */
export const isThere = (p: Which) => and(isGroup(p), isNull(groupTable.dissolvedAt))

/** Head of every change of a group: waits for another change of it, and for those who add to it. */
export const lockGroup = (p: Which) => group(p).for('update')

/** Why a group cannot be changed: `group_not_found`. */
export const groupRefusals = (p: Which) => ({
  group_not_found: notExists(group(p).where(isThere(p))),
})

/** Refuses `precondition_failed` when the group is not in the version that the caller read. */
export const refuseStaleGroup = (p: Which, read: number | null) =>
  refuseStale(groupTable, read, isGroup(p))

type Joined = Which & { readonly create: boolean; readonly now: string }

/** Head of adding to a group: makes it when there is none and the caller wants it made. */
export const createIfWanted = (p: Joined) =>
  insertFrom(
    groupTable,
    { tenant: p.tenant, key: p.group, createdAt: p.now, updatedAt: p.now },
    sql`where ${p.create} and ${notExists(group(p))}`,
  ).onConflictDoNothing({ target: [groupTable.tenant, groupTable.key] })

/** After `createIfWanted`: keeps the group from being deleted until the commit. */
export const lockJoinedGroup = (p: Which) => group(p).for('key share')

const isGone = isNull(groupTable.key)
const isDissolved = isNotNull(groupTable.dissolvedAt)

/**
 * Why nothing can be added to a group, of the row of a group that may be missing: `group_not_found`, `group_being_deleted` for a group
 * that cannot be made before it is gone. One that was gone by the time we had waited for it is made in a further try.
 */
export const joinRefusals = ({ create }: Joined) => ({
  try_again: and(sql`${create}`, isGone),
  group_being_deleted: and(sql`${create}`, isDissolved),
  group_not_found: or(isGone, isDissolved),
})

/** The row that `joinRefusals` looks at. */
export const joinedGroup = (p: Which) =>
  sql`from (select) asked left join ${groupTable} on ${isGroup(p)}`
