import { and, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { useCase } from '#db/use-case'
import { PURGED_AT_ONCE } from '../purge-limit.ts'

/** What a purge needs: the tenants that are configured, for another deployment may have its own in the same database. */
const purging = { tenants: kind.texts, before: kind.moment }

/**
 * A use case that deletes rows that nothing points to, a bounded number at once, and passes over a row that somebody has locked. It
 * answers with a row for each.
 * @param isOld says of a moment whether a row is from before it.
 */
export const purgeOf = (
  name: string,
  table: PgTable & { readonly tenant: PgColumn },
  isOld: (before: string) => SQL | undefined,
) =>
  useCase(name, purging, (p) => {
    const old = and(sql`${table.tenant} = any(${p.tenants})`, isOld(p.before))
    const limit = sql.raw(String(PURGED_AT_ONCE))
    return [
      db
        .delete(table)
        .where(
          sql`ctid = any(array(select ctid from ${table} where ${old} limit ${limit} for update skip locked))`,
        )
        .returning({ gone: kind.flag(sql`true`) }),
    ]
  })
