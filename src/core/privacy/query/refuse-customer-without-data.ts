import { eq, type SQL, sql } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { db, refuseWhen } from '#db/statement-builders'
import { isThisCustomer } from '#lock/customer'

type Which = { readonly tenant: string; readonly id: string }

/**
 * Refuses an unknown, erased or merged customer: they have no data of their own. A deleted customer's data is only hidden, so it can be exported and erased.
 * @param isStale says from the version whether the request is about an older one.
 */
export function refuseCustomerWithoutData(
  which: Which,
  isStale: (version: SQL) => SQL | undefined = () => sql`false`,
) {
  const found = db.select().from(customerTable).where(isThisCustomer(which)).as('found')
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
