import { type SQL, sql } from 'drizzle-orm'
import {
  type Context,
  commit,
  keep,
  maybe,
  mayUse,
  refuseWhen,
  type Versioned,
} from '#core/context'
import { emit, stampChanged } from '#core/outbox'
import type { DisableCustomer } from './input.ts'
import { lockCustomer } from './lock.ts'
import { type Customer, type CustomerDocument, customerDocument, toCustomer } from './view.ts'

/** Keeps the account from logging in. Doing it again changes nothing. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`. */
export const disableCustomer = (ctx: Context, id: string, input: DisableCustomer) =>
  changeStatus(ctx, id, {
    told: 'customer.disabled',
    from: sql`status in ('unverified', 'active')`,
    set: sql`status = 'disabled', disabled_reason = ${input.reason ?? null}`,
    data: sql`jsonb_build_object('reason', ${input.reason ?? null}::text)`,
  })

/** Lets a disabled account log in again, as verified as it was. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`. */
export const enableCustomer = (ctx: Context, id: string) =>
  changeStatus(ctx, id, {
    told: 'customer.enabled',
    from: sql`status = 'disabled'`,
    set: sql`status = case when email_verified_at is null then 'unverified' else 'active' end, disabled_reason = null`,
    data: sql`'{}'::jsonb`,
  })

type StatusChange = {
  readonly told: 'customer.disabled' | 'customer.enabled'
  readonly from: SQL
  readonly set: SQL
  readonly data: SQL
}

async function changeStatus(
  ctx: Context,
  id: string,
  { told, from, set, data }: StatusChange,
): Promise<Versioned<Customer>> {
  mayUse(ctx, 'customer:write')
  const { answer } = await commit(ctx, {
    customer: lockCustomer(ctx, id, ctx.ifMatch),
    account: refuseWhen(
      sql`exists (select from customer where tenant = ${ctx.tenant} and id = ${id} and status = 'guest')`,
      'customer_is_guest',
    ),
    changed: maybe(
      sql`update customer set ${set}, changed_at = ${stampChanged([{ name: 'status', differs: sql`true` }])}
        where tenant = ${ctx.tenant} and id = ${id} and ${from}`,
    ),
    told: emit(ctx, { type: told, customerId: id, changed: 'stamped', data }),
    answer: keep<CustomerDocument>(customerDocument(ctx, id), id),
  })
  return toCustomer(answer)
}
