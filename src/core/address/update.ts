import { type SQL, sql } from 'drizzle-orm'
import { type Context, commit, guard, keep, mayActFor, maybe, type Versioned } from '#core/context'
import { stampChanged } from '#core/outbox'
import type { Guard } from '#db/statement'
import { changedSameness, changesOf } from './change.ts'
import { type Purpose, type UpdateAddress, wishedDefaults } from './input.ts'
import { judgeChange } from './judge.ts'
import { lockAddress } from './lock.ts'
import { settleDefaultAddresses } from './settle.ts'
import { tellOfAddress, writtenHere } from './tell.ts'
import { type Address, type AddressDocument, addressDocument, toAddress } from './view.ts'

/**
 * Changes what is named and differs; its version and the customer's rise only then. Refuses `customer_not_found`,
 * `customer_merged`, `address_not_found`, `precondition_failed`, `invalid_input` where the country's rules say so, and
 * `address_exists` for what would be the very same as another address of the customer.
 */
export async function updateAddress(
  ctx: Context,
  customerId: string,
  id: string,
  input: UpdateAddress,
): Promise<Versioned<Address>> {
  mayActFor(ctx, customerId)
  const purposes = wishedDefaults(input)
  const { answer } = await commit(ctx, {
    address: lockAddress(ctx, customerId, id),
    lawful: judge(ctx, customerId, id, input),
    changed: maybe(updateStatement(ctx, { customerId, id, input, purposes })),
    defaults: settleDefaultAddresses(ctx, customerId, { id, purposes }),
    told: tellOfAddress(ctx, {
      customerId,
      id,
      action: 'changed',
      when: sql`(select ${writtenHere(sql`address`)} from address where tenant = ${ctx.tenant} and id = ${id})`,
    }),
    answer: keep<AddressDocument>(addressDocument(ctx, customerId, id), customerId),
  })
  return toAddress(answer)
}

function judge(ctx: Context, customerId: string, id: string, input: UpdateAddress): Guard {
  const judgements = JSON.stringify(judgeChange(input))
  return guard(sql`judge_address_change(${ctx.tenant}, ${customerId}, ${id}, ${judgements}::json)`)
}

type Update = {
  readonly customerId: string
  readonly id: string
  readonly input: UpdateAddress
  readonly purposes: readonly Purpose[]
}

/** Whoever changes an address vouches for it. */
function updateStatement(ctx: Context, { customerId, id, input, purposes }: Update): SQL {
  const changes = changesOf(input)
  const sameness = changedSameness(input)
  const differs = [
    ...changes.map((change) => change.differs),
    ...purposes.map((purpose) => isNotDefault(ctx, customerId, id, purpose)),
  ]
  if (differs.length === 0) return sql`select`
  const sets = changes.map(({ set }) => sql`${set}, `)
  return sql`update address set ${sql.join(sets)} sameness = ${sameness}, unproven = false,
      version = version + 1, changed_at = ${stampChanged(changes)}, updated_at = ${ctx.now.toISOString()}::timestamptz
    where tenant = ${ctx.tenant} and id = ${id} and (${sql.join(differs, sql` or `)})
      and case when ${sameness} <> address.sameness and ${hasTwin(ctx, customerId, sameness)}
        then refuse('address_exists') is null else true end`
}

const isNotDefault = (ctx: Context, customerId: string, id: string, purpose: Purpose): SQL =>
  sql`(select ${purpose === 'shipping' ? sql`default_shipping_id` : sql`default_billing_id`} is distinct from ${id}
    from customer where tenant = ${ctx.tenant} and id = ${customerId})`

/** Asked before the index would say so, for Postgres logs the values of a broken unique index. */
const hasTwin = (ctx: Context, customerId: string, sameness: SQL): SQL =>
  sql`exists (select from address twin
    where twin.tenant = ${ctx.tenant} and twin.customer_id = ${customerId} and twin.sameness = ${sameness})`
