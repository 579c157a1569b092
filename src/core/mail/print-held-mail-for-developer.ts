import { type Context, read } from '#core/context'
import { printForDeveloper } from '#kernel/log'
import * as query from './generated/query.ts'
import type { boundedMailValues } from './new-mail-values.ts'

/** In development, prints which bound held a mail back. It needs another round trip, so it does nothing in production. */
export async function printHeldMailForDeveloper(
  ctx: Context,
  { mail, bounds }: ReturnType<typeof boundedMailValues>,
): Promise<void> {
  if (!ctx.deployment.development) return
  const keys = bounds.map(({ key }) => key)
  const { found } = await read(ctx, {
    found: query.findMailQuotas({ tenant: ctx.tenant, id: mail, keys }),
  })
  if (found.some(({ isSent }) => isSent)) return
  const secondsSince = (moment: string) => (ctx.now.getTime() - Date.parse(moment)) / 1000
  const held = bounds.find(({ key, most, seconds, apart }) => {
    const count = found.find((row) => row.key === key)
    if (count === undefined || secondsSince(count.since) >= seconds) return false
    return count.count >= most || secondsSince(count.lastAt) < apart
  })
  if (held !== undefined) printForDeveloper(`mail held back: ${held.name}`)
}
