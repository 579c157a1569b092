import { sql } from 'drizzle-orm'
import { type Context, commit, keep, mayActFor, type Versioned } from '#core/context'
import { actorDocument } from '#core/outbox'
import { Announcement } from '#db/statement'
import { newId } from '#kernel/id'
import { type AddAddress, wishedDefaults } from './input.ts'
import { addressRecord } from './insert.ts'
import { samenessOf } from './sameness.ts'
import { wishOf } from './settle.ts'
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
  const held = sql`(select id from address
    where tenant = ${ctx.tenant} and customer_id = ${customerId} and sameness = ${sameness})`
  const { answer } = await commit(ctx, {
    told: addStatement(ctx, customerId, id, input),
    answer: keep<Added>(
      sql`json_build_object('created', exists (select from address where tenant = ${ctx.tenant} and id = ${id}),
        'found', ${addressDocument(ctx, customerId, held)})`,
      customerId,
    ),
  })
  return { ...toAddress(answer.found), created: answer.created }
}

function addStatement(
  ctx: Context,
  customerId: string,
  id: string,
  input: AddAddress,
): Announcement {
  const job = newId('job', ctx.now)
  return new Announcement(
    sql`select add_address(${ctx.tenant}, ${customerId}, ${addressRecord(id, input, false)}::jsonb,
      ${ctx.settings.max_addresses}::int, ${wishOf({ id, purposes: wishedDefaults(input) })}, ${newId('event', ctx.now)}, ${job},
      ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz) as sequence`,
    { tenant: ctx.tenant, id: job, kind: 'announce' },
  )
}
