import { and, eq, or, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { holdings } from '#db/personal'
import { consentTable, customerTable, mergeTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { blanksOf } from './blank.ts'
import { emptyAnswers } from './forget-answer.ts'
import { forgetByEmail, forgetPosition } from './forget-email.ts'
import { emptyEvents } from './forget-event.ts'
import { forgetInHosts } from './forget-host.ts'
import { forgetLetters } from './forget-letter.ts'
import { forgetMerges } from './forget-merge.ts'
import { knownAddresses } from './known-address.ts'
import { isOneOf, type People } from './owner.ts'

/** The rows that the map says are deleted. */
const deletions = (p: People) =>
  holdings.flatMap(({ holding: { erased, owner }, table, columns }) =>
    erased === 'delete' && owner.by === 'customer'
      ? [
          db.delete(table).where(
            sql`${columns.tenant} = ${p.tenant} and (${sql.join(
              owner.columns.map((name: string) => isOneOf(columns[name], p.ids)),
              sql` or `,
            )})`,
          ),
        ]
      : [],
  )

/** Their rows: no status but `erased`, and nothing by which they are known. Sums of money stay. */
const emptyRows = (p: People) =>
  db
    .update(customerTable)
    .set({
      ...blanksOf('customer'),
      status: 'erased',
      provisional: false,
      defaultShippingId: null,
      defaultBillingId: null,
      emailVerifiedAt: null,
    })
    .where(and(eq(customerTable.tenant, p.tenant), isOneOf(customerTable.id, p.ids)))

/** That and when they have agreed stays, and names nobody. */
const emptyConsents = (p: People) =>
  db
    .update(consentTable)
    .set(blanksOf('consent'))
    .where(and(eq(consentTable.tenant, p.tenant), isOneOf(consentTable.customerId, p.ids)))

/** The answers about them and their merges. */
const emptyTheirAnswers = (p: People) =>
  emptyAnswers(
    p,
    sql`(${p.ids} || array(${db
      .select(pick(mergeTable, 'id'))
      .from(mergeTable)
      .where(
        and(
          eq(mergeTable.tenant, p.tenant),
          or(isOneOf(mergeTable.survivorId, p.ids), isOneOf(mergeTable.mergedId, p.ids)),
        ),
      )}))`,
  )

/** What stands under their ids. */
const forgetByIds = (p: People) => [
  forgetPosition(p),
  ...forgetInHosts(p),
  ...forgetMerges(p),
  emptyTheirAnswers(p),
  emptyRows(p),
  ...deletions(p),
  emptyConsents(p),
  ...emptyEvents(p),
]

/** Erases what the map says about customers, who are locked. Their orders and their sums stay. */
export const forgetPeople = (p: People) => [
  ...forgetByEmail(p),
  ...forgetLetters(p, { ids: p.ids, emails: knownAddresses(p) }),
  ...forgetByIds(p),
]

/**
 * The same for guests that are deleted because their time is over. What stands under their address alone may be of somebody who registers
 * with it just now.
 */
export const forgetGuests = useCase(
  'forget_guests',
  { tenant: customerTable.tenant, people: kind.texts, limit: kind.int },
  (p) => {
    const people = { tenant: p.tenant, ids: sql`${p.people}`, limit: p.limit }
    return [...forgetLetters(people, people), ...forgetByIds(people), noAnswer]
  },
)
