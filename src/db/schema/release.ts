import { pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from '../column.ts'

/** The sets of functions that were applied to this database: which functions may go is read from here. */
export const releaseTable = pgTable('release', {
  /** A hash over the names of its functions. */
  id: text().primaryKey(),
  functions: text().array().notNull(),
  appliedAt: moment().notNull(),
  /** When a Worker of this release last said that it lives; it does so once an hour. */
  calledAt: moment(),
})
