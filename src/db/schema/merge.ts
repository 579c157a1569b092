import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { created, key, moment, tenant } from '../column.ts'

export const mergeStates = ['pending', 'done', 'undone'] as const

type Conflict = {
  type: 'order' | 'address' | 'profile' | 'metadata' | 'group'
  id: string
  reason: 'moved' | 'changed' | 'deleted'
}

const keys = () => text().array().notNull().default(sql`'{}'`)

/** One customer becomes part of another: what is due, what was done and how to undo it, and what was undone. */
export const mergeTable = pgTable(
  'merge',
  {
    tenant: tenant(),
    id: key().notNull(),
    state: text({ enum: mergeStates }).notNull(),
    survivorId: key().notNull(),
    mergedId: key().notNull(),
    /** Nobody asked for it: the customer has proven that the guest is itself. */
    automatic: boolean().notNull(),
    /** The guest came after the proof. */
    ordersOnly: boolean().notNull().default(false),
    actor: jsonb().$type<{ type: string; id: string | null }>(),
    requestId: text(),
    ...created(),
    /** Who does it has until a minute after this. */
    triedAt: moment(),
    mergedAt: moment(),
    /** Both as they were: `{survivor, merged}`, each with its customer, addresses and memberships. */
    before: jsonb().$type<Record<string, unknown>>(),
    /** Never in `before`, for that is shown. */
    passwordHash: text(),
    orderIds: keys(),
    addressIds: keys(),
    groupKeys: keys(),
    /** Merged into the merged one before, and with it into the survivor. */
    followerIds: keys(),
    /** The survivor's blank fields that were filled, and the metadata it lacked. */
    profile: jsonb().$type<Record<string, string>>().notNull().default({}),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    undoneAt: moment(),
    undoneBy: jsonb().$type<{ type: string; id: string | null }>(),
    conflicts: jsonb().$type<Conflict[]>().notNull().default([]),
  },
  (table) => [
    primaryKey({ name: 'merge_pkey', columns: [table.tenant, table.id] }),
    uniqueIndex('merge_takes_a_customer_once')
      .on(table.tenant, table.mergedId)
      .where(sql`state in ('pending', 'done')`),
    index('merge_by_state').on(table.tenant, table.state, table.id),
    index('merge_of_survivor').on(table.tenant, table.survivorId, table.id),
    index('merge_of_merged').on(table.tenant, table.mergedId, table.id),
    check('merge_state_known', sql`state in ('pending', 'done', 'undone')`),
    check('merge_done_can_be_undone', sql`state = 'pending' or before is not null`),
  ],
)
