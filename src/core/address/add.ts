import { sql } from 'drizzle-orm'
import { type Context, commit, keepOf, mayActFor, type Versioned } from '#core/context'
import { telling } from '#core/outbox'
import type { Call } from '#db/statement'
import { newId } from '#kernel/id'
import { type AddAddress, wishedDefaults } from './input.ts'
import { addressRecord } from './record.ts'
import { wishOf } from './settle.ts'
import { type Address, type AddressDocument, toAddress } from './view.ts'

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
  const { answer } = await commit(ctx, {
    answer: keepOf<Added>(
      additionOf(ctx, customerId, id, input),
      sql`json_build_object('created', created, 'found', document)`,
      customerId,
    ),
  })
  return { ...toAddress(answer.found), created: answer.created }
}

function additionOf(ctx: Context, customerId: string, id: string, input: AddAddress): Call {
  const { by, job } = telling(ctx)
  return {
    sql: sql`add_address(${ctx.tenant}, ${customerId}, ${addressRecord(id, input, false)}::jsonb,
      ${ctx.settings.max_addresses}::int, ${wishOf({ id, purposes: wishedDefaults(input) })}, ${by})`,
    jobs: [job],
  }
}
