import { desc, sql } from 'drizzle-orm'
import { writableFieldNames } from '#db/input-fields'
import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor, isThisCustomer } from '#lock/customer'
import { consentFields } from '../field-list.ts'
import { consentRecordsOf } from './consent-statement-parts.ts'

/**
 * The present states of the customer, or of the survivor of its merge, and all records behind them, the newest first. A row with null
 * values: there is no record. No row: there is no such customer.
 */
export const listConsents = useCase('list_consents', pick(customerTable, 'tenant', 'id'), (p) => {
  const visible = customerOrSurvivor(p)
  const records = consentRecordsOf(p.tenant, sql`${visible.id}`).as('records')
  return [
    db
      .select({
        states: visible.consents,
        isOwn: sqlType.flag(sql`coalesce(${records.customerId} = ${visible.id}, false)`),
        record: {
          ...pick(records, 'customerId', 'purpose', 'state', ...writableFieldNames(consentFields)),
          ...pick(records, 'actor', 'createdAt'),
        },
      })
      .from(visible)
      .leftJoinLateral(records, sql`true`)
      .orderBy(desc(records.place)),
  ]
})

export const findCustomerEmailKey = useCase(
  'find_customer_email_key',
  pick(customerTable, 'tenant', 'id'),
  (p) => [db.select(pick(customerTable, 'emailKey')).from(customerTable).where(isThisCustomer(p))],
)
