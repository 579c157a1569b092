import { pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from '../column.ts'

/** The sets of functions that were applied to this database. They decide which functions may be dropped. */
export const releaseTable = pgTable('release', {
  /** A hash of the names of its functions. */
  id: text().primaryKey(),
  functions: text().array().notNull(),
  appliedAt: moment().notNull(),
  /** The last sign of life of a Worker of this release, at most once an hour. */
  calledAt: moment(),
})
