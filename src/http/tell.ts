import type { Context as HonoContext } from 'hono'
import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

/** A refusal as its caller may read it. Only services learn into whom a customer was merged: a shopper is shown no other customer. */
export function tell(c: HonoContext<Env>, { code, details }: Refusal): Refusal {
  const ctx: Context | undefined = c.get('ctx')
  const { survivorId, ...others } = details
  return new Refusal(code, ctx?.actor.type === 'service' ? details : others)
}
