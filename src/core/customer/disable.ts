import { type Context, commit, mayUse, type Versioned, versionsOf } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'
import type { DisableCustomer } from './input.ts'
import { type Customer, toCustomer } from './view.ts'

/** Bars the account from login. A repeat changes nothing. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`. */
export async function disableCustomer(
  ctx: Context,
  id: string,
  { reason = null }: DisableCustomer,
): Promise<Versioned<Customer>> {
  mayUse(ctx, 'customer:write')
  const call = query.disableCustomer({ ...changeOf(ctx, id), reason })
  const { answer } = await commit(ctx, { answer: call.asAnswer(id) })
  return toCustomer(answer[0])
}

/** Lets a disabled account log in again. It is as verified as before. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`. */
export async function enableCustomer(ctx: Context, id: string): Promise<Versioned<Customer>> {
  mayUse(ctx, 'customer:write')
  const call = query.enableCustomer(changeOf(ctx, id))
  const { answer } = await commit(ctx, { answer: call.asAnswer(id) })
  return toCustomer(answer[0])
}

const changeOf = (ctx: Context, id: string) => ({
  ...appending(ctx),
  id,
  accepted: versionsOf(ctx),
  currency: ctx.settings.currency,
})
