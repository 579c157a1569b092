import {
  acceptedVersions,
  type Context,
  commit,
  mustHaveScope,
  type Versioned,
} from '#core/context'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'
import type { DisableCustomer } from './input.ts'
import { type Customer, toCustomer } from './view.ts'

/** Disables an account: nobody can log in to it. A repeat changes nothing. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`. */
export async function disableCustomer(
  ctx: Context,
  id: string,
  { reason = null }: DisableCustomer,
): Promise<Versioned<Customer>> {
  mustHaveScope(ctx, 'customer:write')
  const call = query.disableCustomer({ ...changeOf(ctx, id), reason })
  const { answer } = await commit(ctx, { answer: call.asAnswer(id) })
  return toCustomer(answer[0])
}

/** Lets a disabled account log in again. It is as verified as before. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`. */
export async function enableCustomer(ctx: Context, id: string): Promise<Versioned<Customer>> {
  mustHaveScope(ctx, 'customer:write')
  const call = query.enableCustomer(changeOf(ctx, id))
  const { answer } = await commit(ctx, { answer: call.asAnswer(id) })
  return toCustomer(answer[0])
}

const changeOf = (ctx: Context, id: string) => ({
  ...newEventValues(ctx),
  id,
  accepted: acceptedVersions(ctx),
  currency: ctx.settings.currency,
})
