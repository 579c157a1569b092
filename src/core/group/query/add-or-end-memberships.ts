import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { customerTable, membershipTable } from '#db/schema'
import { db, insertFrom, pick } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'
import { appendManyEvents, type appendManyEventsParams } from '#query/outbox'

type Appending = ValuesOf<typeof appendManyEventsParams>
type Reason = 'manual' | 'group_deleted' | 'expired'

/**
 * Locks customers, at the head of every change of many memberships. The order of their ids prevents a deadlock of two transactions
 * that lock the same ones.
 */
export const lockCustomersWhere = (p: { readonly tenant: string }, which: SQL) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(eq(customerTable.tenant, p.tenant), which))
    .orderBy(customerTable.id)
    .for('no key update')

export const isAmongCustomerIds = (
  column: typeof customerTable.id | typeof membershipTable.customerId,
  ids: readonly string[] | SQL,
) => sql`${column} = any(${ids})`

type Next = {
  readonly where: SQL | undefined
  readonly order: PgColumn
  readonly limit: number
}

/** Whether a customer is one of these, and can be a member. */
export const mayBecomeMember = (p: { readonly tenant: string }, ids: readonly string[]) =>
  and(
    eq(customerTable.tenant, p.tenant),
    isAmongCustomerIds(customerTable.id, ids),
    eq(customerTable.listed, true),
  )

/**
 * The next memberships and the ids of their customers. The customers are locked first, so nobody else changes their memberships. Both are arrays, so they are computed once. A subquery may run twice, and would then find later memberships.
 */
export function nextMembershipBatch({ where, order, limit }: Next) {
  const owners = db
    .select(pick(membershipTable, 'customerId'))
    .from(membershipTable)
    .where(where)
    .orderBy(order)
    .limit(limit)
  const places = db
    .select({ place: sql`ctid` })
    .from(membershipTable)
    .where(where)
    .orderBy(order)
    .limit(limit)
  return {
    owners: sql`array(${owners})`,
    isNext: sql`ctid = any(array(${places}))`,
  }
}

/**
 * Ends memberships, each with an event. The customers lose the group in the same statement, so that the trigger that synchronizes
 * their groups finds nothing to write. @param ended a condition on rows whose customers are locked.
 */
export function endMemberships(p: Appending, reason: Reason, ended: SQL | undefined) {
  const change = db.$with('ended').as(
    db.delete(membershipTable).where(ended).returning({
      customerId: membershipTable.customerId,
      groupKey: membershipTable.groupKey,
      source: membershipTable.source,
    }),
  )
  return appendManyEvents(p, {
    type: 'customer.group_removed',
    fields: ['groups'],
    rows: change,
    customerId: change.customerId,
    order: change.groupKey,
    data: { group: change.groupKey, source: change.source, reason: sql`${reason}` },
    collect: sql`array_agg(${change.groupKey})`,
    set: (keys) => ({
      groupKeys: sql`array(select key from unnest(${customerTable.groupKeys}) key where key <> all(${keys}))`,
    }),
  })
}

type Joining = Appending & { readonly group: string; readonly add: readonly string[] }

/** Adds customers to a group, each with an event. Members stay as they are, and unknown ids are left out. */
export function addMemberships(p: Joining) {
  const change = db.$with('begun').as(
    insertFrom(
      membershipTable,
      {
        tenant: p.tenant,
        groupKey: p.group,
        customerId: customerTable.id,
        source: 'manual',
        addedAt: p.now,
      },
      sql`from ${customerTable} where ${mayBecomeMember(p, p.add)}`,
    )
      .onConflictDoNothing()
      .returning({
        customerId: membershipTable.customerId,
        groupKey: membershipTable.groupKey,
        source: membershipTable.source,
        expiresAt: membershipTable.expiresAt,
      }),
  )
  return appendManyEvents(p, {
    type: 'customer.group_added',
    fields: ['groups'],
    rows: change,
    customerId: change.customerId,
    order: change.groupKey,
    data: { group: change.groupKey, source: change.source, expiresAt: change.expiresAt },
    collect: sql`array_agg(${change.groupKey})`,
    set: (keys) => ({ groupKeys: groupKeysAfterAdding(keys) }),
  })
}

/** The groups of a customer with some more, in their stored order. */
export const groupKeysAfterAdding = (keys: SQL) =>
  sql`array(select key from unnest(${customerTable.groupKeys} || ${keys}) key order by key collate "C")`
