import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytewiseText, moment, tenant } from '../column.ts'
import { customerTable } from './customer.ts'

/** The next moment at which a customer enters or leaves a group because time passes, if all its values stay as they are. */
export const ruleMomentTable = pgTable(
  'rule_moment',
  {
    tenant: tenant(),
    groupKey: bytewiseText().notNull(),
    customerId: bytewiseText().notNull(),
    nextAt: moment().notNull(),
  },
  (table) => [
    primaryKey({
      name: 'rule_moment_pkey',
      columns: [table.tenant, table.groupKey, table.customerId],
    }),
    index('rule_moment_of_customer').on(table.tenant, table.customerId),
    foreignKey({
      name: 'rule_moment_has_customer',
      columns: [table.tenant, table.customerId],
      foreignColumns: [customerTable.tenant, customerTable.id],
    }).onDelete('cascade'),
    // All moments are before infinity. Only a statement that says so can use it: a plan that was made for an empty table looks up no
    // customer in it.
    index('rule_moment_by_time').on(table.tenant, table.nextAt).where(sql`next_at < 'infinity'`),
  ],
)

/** rule: the rule is carried out for all customers. add: all customers who match a filter are added by hand. */
export const groupTaskKinds = ['rule', 'add'] as const

/** Work on a group that goes on in the background, in batches. A task that is over stays until the next one begins, for its figures. */
export const groupTaskTable = pgTable(
  'group_task',
  {
    tenant: tenant(),
    groupKey: bytewiseText().notNull(),
    /** The job that began it. */
    id: bytewiseText().notNull(),
    kind: text({ enum: groupTaskKinds }).notNull(),
    /** The number of the rule that is carried out; 0 for an addition. */
    ruleNumber: integer().notNull(),
    /** The filter of an addition; null for a rule. */
    filter: jsonb().$type<Record<string, unknown>>(),
    /** Relative times in the filter of an addition count from here. */
    startedAt: moment().notNull(),
    finishedAt: moment(),
    /** The last customer that was examined; '' before the first. */
    after: bytewiseText().notNull().default(''),
    done: integer().notNull().default(0),
    /** Null until they are counted. */
    total: integer(),
  },
  (table) => [
    primaryKey({ name: 'group_task_pkey', columns: [table.tenant, table.groupKey, table.id] }),
  ],
)
