import { and, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { kind } from '#db/kind'
import { useCase } from '#db/use-case'
import { purgeRows } from './purge-rows.ts'

/** What a purge needs: the tenants that are configured, for another deployment may have its own in the same database. */
const purging = { tenants: kind.texts, before: kind.moment }

/**
 * A use case that purges old rows of the configured tenants.
 * @param isOld says of a moment whether a row is from before it.
 */
export const purgeOf = (
  name: string,
  table: PgTable & { readonly tenant: PgColumn },
  isOld: (before: string) => SQL | undefined,
) =>
  useCase(name, purging, (p) => [
    purgeRows(table, and(sql`${table.tenant} = any(${p.tenants})`, isOld(p.before))),
  ])
