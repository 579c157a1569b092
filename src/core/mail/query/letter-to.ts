import { and, type SQL } from 'drizzle-orm'
import { db } from '#db/builder'
import { customerTable, type Purpose } from '#db/schema'
import { isCustomer } from '#lock/customer'
import { letter } from './letter.ts'

type Which = { readonly tenant: string; readonly customerId: string }
type Said = Partial<Parameters<typeof letter>[0]> & Pick<Parameters<typeof letter>[0], 'template'>

/** The columns of a letter to the address of a customer that is selected. */
export const toItsAddress = {
  recipient: customerTable.email,
  locale: customerTable.locale,
  customerId: customerTable.id,
  emailKey: customerTable.emailKey,
}

/** A letter to a customer at its address. @param when a condition for sending it; default: always. */
export const letterTo = ({ tenant, customerId }: Which, said: Said, when?: SQL) =>
  db
    .select(
      letter({
        ...toItsAddress,
        ...said,
      }),
    )
    .from(customerTable)
    .where(and(isCustomer({ tenant, id: customerId }), when))

/** The link in a letter to a customer. */
export const linkFor = (purpose: Exclude<Purpose, 'confirm' | 'undo'>) => ({
  purpose,
  subject: customerTable.id,
})
