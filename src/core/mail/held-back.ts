import { type Context, read } from '#core/context'
import { say } from '#kernel/log'
import * as query from './generated/query.ts'
import type { askedMailing } from './mailing.ts'

/** On a developer's machine, says which bound held a mail back. It costs a trip of its own, so nobody else is told. */
export async function sayHeldBack(
  ctx: Context,
  { mail, bounds }: ReturnType<typeof askedMailing>,
): Promise<void> {
  if (!ctx.deployment.development) return
  const keys = bounds.map(({ key }) => key)
  const { found } = await read(ctx, {
    found: query.findCounts({ tenant: ctx.tenant, id: mail, keys }),
  })
  if (found.some(({ isSent }) => isSent)) return
  const secondsSince = (moment: string) => (ctx.now.getTime() - Date.parse(moment)) / 1000
  const held = bounds.find(({ key, most, seconds, apart }) => {
    const count = found.find((row) => row.key === key)
    if (count === undefined || secondsSince(count.since) >= seconds) return false
    return count.count >= most || secondsSince(count.lastAt) < apart
  })
  if (held !== undefined) say(`mail held back: ${held.name}`)
}
