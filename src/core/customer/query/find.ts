import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { visibleCustomer } from './lock.ts'
import { customerRow } from './selection.ts'

/** The customer that an id stands for. Without a row there is none. */
export const findCustomer = useCase(
  'find_customer',
  { ...pick(customerTable, 'tenant', 'id'), currency: kind.text },
  (p) => {
    const customer = visibleCustomer(p)
    return [db.select(customerRow(customer, p.currency, p.id)).from(customer)]
  },
)
