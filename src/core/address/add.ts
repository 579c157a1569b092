import { sql } from 'drizzle-orm'
import { type Context, commit, keep, mayActFor, type Versioned } from '#core/context'
import { newId } from '#kernel/id'
import { type AddAddress, wishedDefaults } from './input.ts'
import { insertAddress } from './insert.ts'
import { lockAddressBook } from './lock.ts'
import { samenessOf } from './sameness.ts'
import { settleDefaultAddresses } from './settle.ts'
import { tellOfAddress, writtenHere } from './tell.ts'
import { type Address, type AddressDocument, addressDocument, toAddress } from './view.ts'

type Added = { readonly created: boolean; readonly found: AddressDocument }

/**
 * An address of the customer, the default if it is the first or wishes to be. The very same again is not stored twice: what is
 * there is answered as it is, also when there is room for no other. Refuses `customer_not_found`, `customer_merged`,
 * `address_limit_reached`.
 */
export async function addAddress(
  ctx: Context,
  customerId: string,
  input: AddAddress,
): Promise<Versioned<Address> & { readonly created: boolean }> {
  mayActFor(ctx, customerId)
  const id = newId('address', ctx.now)
  const sameness = samenessOf(input)
  const created = sql`exists (select from address where tenant = ${ctx.tenant} and id = ${id})`
  const held = sql`(select id from address
    where tenant = ${ctx.tenant} and customer_id = ${customerId} and sameness = ${sameness})`
  const defaultsMoved = sql`(select ${writtenHere(sql`customer`)} from customer
    where tenant = ${ctx.tenant} and id = ${customerId})`
  const { answer } = await commit(ctx, {
    book: lockAddressBook(ctx, customerId, sameness),
    address: insertAddress(ctx, { id, customerId }, input),
    defaults: settleDefaultAddresses(ctx, customerId, { id, purposes: wishedDefaults(input) }),
    told: tellOfAddress(ctx, {
      customerId,
      id: held,
      action: sql`case when ${created} then 'added' else 'changed' end`,
      when: sql`${created} or ${defaultsMoved}`,
    }),
    answer: keep<Added>(
      sql`json_build_object('created', ${created}, 'found', ${addressDocument(ctx, customerId, held)})`,
      customerId,
    ),
  })
  return { ...toAddress(answer.found), created: answer.created }
}
