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
import { bytewiseText, createdAtColumn, moment, tenant } from '../column.ts'

export const mergeStates = ['pending', 'done', 'undone'] as const

type Conflict = {
  type: 'order' | 'address' | 'profile' | 'metadata' | 'group'
  id: string
  reason: 'moved' | 'changed' | 'deleted'
}

const keys = () => text().array().notNull().default(sql`'{}'`)

/** A merge of one customer into another: due, done (with the data to undo it), or undone. */
export const mergeTable = pgTable(
  'merge',
  {
    tenant: tenant(),
    id: bytewiseText().notNull(),
    state: text({ enum: mergeStates }).notNull(),
    survivorId: bytewiseText().notNull(),
    mergedId: bytewiseText().notNull(),
    /** The service merges by itself, because the customer has proven to be the guest. */
    automatic: boolean().notNull(),
    /** The guest was created after the proof. */
    ordersOnly: boolean().notNull().default(false),
    actor: jsonb().$type<{ type: string; id: string | null }>(),
    requestId: text(),
    ...createdAtColumn(),
    /** The time at which a run took it; the run has a minute from then. */
    triedAt: moment(),
    mergedAt: moment(),
    /** The old state of both: `{survivor, merged}`, each with its customer, addresses and memberships. */
    before: jsonb().$type<Record<string, unknown>>(),
    /** The old password hash. It is not in `before`, because the API shows `before`. */
    passwordHash: text(),
    orderIds: keys(),
    addressIds: keys(),
    groupKeys: keys(),
    /** Customers that had been merged into the merged one, and now into the survivor. */
    followerIds: keys(),
    /** The survivor's blank fields that were filled, and the metadata that it lacked. */
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
