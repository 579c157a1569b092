import { and, type SQL } from 'drizzle-orm'
import { customerTable, type MailTokenPurpose } from '#db/schema'
import { db } from '#db/statement-builders'
import { isThisCustomer } from '#lock/customer'
import { letterColumns } from './letter.ts'

type Which = { readonly tenant: string; readonly customerId: string }
type Said = Partial<Parameters<typeof letterColumns>[0]> &
  Pick<Parameters<typeof letterColumns>[0], 'template'>

/** The columns of a letter to the address of a customer that is selected. */
export const customerRecipient = {
  recipient: customerTable.email,
  locale: customerTable.locale,
  customerId: customerTable.id,
  emailKey: customerTable.emailKey,
}

/** A letter to a customer at its address. @param when a condition for sending it; default: always. */
export const letterToCustomer = ({ tenant, customerId }: Which, said: Said, when?: SQL) =>
  db
    .select(
      letterColumns({
        ...customerRecipient,
        ...said,
      }),
    )
    .from(customerTable)
    .where(and(isThisCustomer({ tenant, id: customerId }), when))

/** The link in a letter to a customer. */
export const letterLinkColumns = (purpose: Exclude<MailTokenPurpose, 'confirm' | 'undo'>) => ({
  purpose,
  subject: customerTable.id,
})
