import { and, eq, or, sql } from 'drizzle-orm'
import { holdings } from '#db/personal'
import { consentTable, customerTable, mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { blankValuesOfPersonalColumns } from './blank-values-of-personal-columns.ts'
import { type CustomersToErase, isInTextArray } from './customers-to-erase.ts'
import { forgetByEmail, forgetScanPosition } from './forget-by-email.ts'
import { forgetDeadLetters } from './forget-dead-letters.ts'
import { forgetInFormerSurvivors } from './forget-in-former-survivors.ts'
import { forgetMerges } from './forget-merge.ts'
import { forgetNextEvents } from './forget-next-events.ts'
import { forgetStoredAnswers } from './forget-stored-answers.ts'
import { knownEmails } from './known-emails.ts'

/** The rows that the map says are deleted. */
const deletions = (p: CustomersToErase) =>
  holdings.flatMap(({ holding: { erased, owner }, table, columns }) =>
    erased === 'delete' && owner.by === 'customer'
      ? [
          db.delete(table).where(
            sql`${columns.tenant} = ${p.tenant} and (${sql.join(
              owner.columns.map((name: string) => isInTextArray(columns[name], p.ids)),
              sql` or `,
            )})`,
          ),
        ]
      : [],
  )

/** Empties the customers' own rows and sets their status to `erased`. Sums of money stay. */
const emptyRows = (p: CustomersToErase) =>
  db
    .update(customerTable)
    .set({
      ...blankValuesOfPersonalColumns('customer'),
      status: 'erased',
      provisional: false,
      defaultShippingId: null,
      defaultBillingId: null,
      emailVerifiedAt: null,
    })
    .where(and(eq(customerTable.tenant, p.tenant), isInTextArray(customerTable.id, p.ids)))

/** Empties their consents. The fact and the time of a consent stay and name nobody. */
const emptyConsents = (p: CustomersToErase) =>
  db
    .update(consentTable)
    .set(blankValuesOfPersonalColumns('consent'))
    .where(and(eq(consentTable.tenant, p.tenant), isInTextArray(consentTable.customerId, p.ids)))

/** The answers about them and their merges. */
const emptyTheirAnswers = (p: CustomersToErase) =>
  forgetStoredAnswers(
    p,
    sql`(${p.ids} || array(${db
      .select(pick(mergeTable, 'id'))
      .from(mergeTable)
      .where(
        and(
          eq(mergeTable.tenant, p.tenant),
          or(
            isInTextArray(mergeTable.survivorId, p.ids),
            isInTextArray(mergeTable.mergedId, p.ids),
          ),
        ),
      )}))`,
  )

/** Erases all data that is stored under the customers' ids. */
const forgetByIds = (p: CustomersToErase) => [
  forgetScanPosition(p),
  ...forgetInFormerSurvivors(p),
  ...forgetMerges(p),
  emptyTheirAnswers(p),
  emptyRows(p),
  ...deletions(p),
  emptyConsents(p),
  ...forgetNextEvents(p),
]

/** Erases what the map says about customers, who are locked. Their orders and their sums stay. */
export const forgetCustomers = (p: CustomersToErase) => [
  ...forgetByEmail(p),
  ...forgetDeadLetters(p, { ids: p.ids, emails: knownEmails(p) }),
  ...forgetByIds(p),
]

/**
 * `forgetCustomers` for guests whose retention period is over. Data under their e-mail address stays, because somebody may be registering with it at the moment.
 */
export const forgetGuests = useCase(
  'forget_guests',
  { tenant: customerTable.tenant, people: sqlType.texts, limit: sqlType.int },
  (p) => {
    const people = { tenant: p.tenant, ids: sql`${p.people}`, limit: p.limit }
    return [...forgetDeadLetters(people, people), ...forgetByIds(people), noAnswer]
  },
)
