import { and, type SQL } from 'drizzle-orm'
import { db } from '#db/builder'
import { customerTable } from '#db/schema'
import { isCustomer } from '#lock/customer'
import { letter } from './letter.ts'

type Which = { readonly tenant: string; readonly customerId: string }
type Said = Partial<Parameters<typeof letter>[0]> & Pick<Parameters<typeof letter>[0], 'template'>

/** A letter to a customer at its address. @param when it is sent; always without it. */
export const letterTo = ({ tenant, customerId }: Which, said: Said, when?: SQL) =>
  db
    .select(
      letter({
        recipient: customerTable.email,
        locale: customerTable.locale,
        customerId: customerTable.id,
        emailKey: customerTable.emailKey,
        ...said,
      }),
    )
    .from(customerTable)
    .where(and(isCustomer({ tenant, id: customerId }), when))

/** The link in a letter to a customer. */
export const linkFor = (purpose: 'verify' | 'reset') => ({ purpose, subject: customerTable.id })
