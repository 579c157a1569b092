import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { customerOrSurvivor } from './lock.ts'
import { customerRow } from './selection.ts'

/** The customer, or the survivor of its merge. No row: there is no such customer. */
export const findCustomer = useCase(
  'find_customer',
  { ...pick(customerTable, 'tenant', 'id'), currency: sqlType.text },
  (p) => {
    const customer = customerOrSurvivor(p)
    return [db.select(customerRow(customer, p.currency, p.id)).from(customer)]
  },
)
