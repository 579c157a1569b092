import { customType, integer, jsonb, text } from 'drizzle-orm/pg-core'
import type { Moment } from './sql-type.ts'

export const moment = customType<{ data: Moment; driverData: string }>({
  dataType: () => 'timestamp with time zone',
})

/** A table has the rows of all tenants. Every key and every index starts with the tenant. */
export const tenant = () => text().notNull()

export const createdAtColumn = () => ({ createdAt: moment().notNull() })

/** `version` counts the changes that a reader sees. `changedAt` has the version in which each field last changed. */
export const versionColumns = () => ({
  version: integer().notNull().default(1),
  changedAt: jsonb().$type<Record<string, number>>().notNull().default({}),
})

/** Text that is compared byte by byte in every locale: its order is stable, and an index serves prefixes. */
export const bytewiseText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text collate "C"',
})
