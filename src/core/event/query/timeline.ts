import { and, count, desc, eq, lt, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { eventTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { visibleCustomer } from '#lock/customer'
import { eventSelection } from './selection.ts'

/**
 * What happened to the customer that an id stands for, before a number of its sequence, the latest first, and how many events it has.
 * Without a row there is no such customer; without an `event` nothing happened.
 */
export const listTimeline = useCase(
  'list_timeline',
  {
    ...pick(eventTable, 'tenant'),
    customerId: kind.text,
    before: kind.int,
    limit: kind.int,
    /** How many are counted at most. */
    most: kind.int,
  },
  (p) => {
    const holder = visibleCustomer({ tenant: p.tenant, id: p.customerId })
    const isOfCustomer = and(eq(eventTable.tenant, p.tenant), eq(eventTable.customerId, holder.id))
    const counted = db
      .select(pick(eventTable, 'id'))
      .from(eventTable)
      .where(isOfCustomer)
      .limit(p.most)
      .as('counted')
    const total = db
      .select({ events: count().as('events') })
      .from(counted)
      .as('total')
    const page = db
      .select()
      .from(eventTable)
      .where(and(isOfCustomer, lt(eventTable.sequence, p.before)))
      .orderBy(desc(eventTable.sequence))
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ total: kind.int(sql`${total.events}`), event: eventSelection(page) })
        .from(holder)
        .innerJoinLateral(total, sql`true`)
        .leftJoinLateral(page, sql`true`)
        .orderBy(desc(page.sequence)),
    ]
  },
)
