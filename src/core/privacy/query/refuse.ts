import { eq, type SQL, sql } from 'drizzle-orm'
import { db, refuseWhen } from '#db/builder'
import { customerTable } from '#db/schema'
import { isCustomer } from '#lock/customer'

type Which = { readonly tenant: string; readonly id: string }

/**
 * Refuses a customer who has no data of their own. That of a deleted one is only hidden, so it can be exported and erased.
 * @param isStale says from the version whether the request is about an older one.
 */
export function refuseNobody(
  which: Which,
  isStale: (version: SQL) => SQL | undefined = () => sql`false`,
) {
  const found = db.select().from(customerTable).where(isCustomer(which)).as('found')
  const isMerged = eq(found.status, 'merged')
  return refuseWhen(
    {
      customer_not_found: sql`coalesce(${found.status}, 'erased') = 'erased'`,
      customer_merged: { when: isMerged, detail: sql`${found.mergedInto}` },
      precondition_failed: isStale(sql`${found.version}`),
    },
    sql`from (select) one left join lateral ${found} on true`,
  )
}
