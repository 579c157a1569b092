import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, type Source } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor, idOfCustomerOrSurvivor } from '#lock/customer'
import { countUpTo } from '#query/page'
import { eventSelection } from './selection.ts'

/**
 * The events of the customer or of its survivor before a sequence number, latest first. No row: there is no such customer. A row with
 * a null `event`: the page is empty.
 */
export const listTimeline = useCase(
  'list_timeline',
  {
    ...pick(eventTable, 'tenant'),
    customerId: sqlType.text,
    before: sqlType.int,
    limit: sqlType.int,
  },
  (p) => {
    const customer = customerOrSurvivor({ tenant: p.tenant, id: p.customerId })
    const page = db
      .select()
      .from(eventTable)
      .where(and(isOf(p.tenant, customer.id), lt(eventTable.sequence, p.before)))
      .orderBy(desc(eventTable.sequence))
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ customerId: customer.id, event: eventSelection(page) })
        .from(customer)
        .leftJoinLateral(page, sql`true`)
        .orderBy(desc(page.sequence)),
    ]
  },
)

export const countTimeline = useCase(
  'count_timeline',
  { ...pick(eventTable, 'tenant'), customerId: sqlType.text, most: sqlType.int },
  (p) => [
    countUpTo(
      p.most,
      eventTable,
      isOf(p.tenant, idOfCustomerOrSurvivor({ tenant: p.tenant, id: p.customerId })),
    ),
  ],
)

const isOf = (tenant: string, customerId: Source<string>) =>
  and(eq(eventTable.tenant, tenant), eq(eventTable.customerId, customerId))
