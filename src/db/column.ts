import { customType, integer, jsonb, text } from 'drizzle-orm/pg-core'
import type { Moment } from './kind.ts'

export const moment = customType<{ data: Moment; driverData: string }>({
  dataType: () => 'timestamp with time zone',
})

/** Rows of all tenants stand in one table; every key and every index starts with the tenant. */
export const tenant = () => text().notNull()

export const created = () => ({ createdAt: moment().notNull() })

/** `version` counts the changes a reader can see, `changedAt` holds the version in which each field last changed. */
export const versioned = () => ({
  version: integer().notNull().default(1),
  changedAt: jsonb().$type<Record<string, number>>().notNull().default({}),
})

/** Compared byte by byte, whatever the database's locale: order is stable and an index serves prefixes. */
export const key = customType<{ data: string; driverData: string }>({
  dataType: () => 'text collate "C"',
})

/** A transaction's number, 64 bits: it never wraps around. */
export const xact = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' })
