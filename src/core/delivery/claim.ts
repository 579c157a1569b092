import { sql } from 'drizzle-orm'
import { type Context, commitQuietly } from '#core/context'
import { Statement } from '#db/statement'
import { openSecret } from './secret.ts'
import type { Endpoint } from './send.ts'
import { wakeIn } from './wake.ts'

/** A delivery in this worker's hands; `attempts` says which of its attempts this is. */
export type Claimed = {
  readonly id: string
  readonly eventId: string
  readonly attempts: number
  readonly step: number
  /** The event as JSON, to be sent as it is. */
  readonly body: string
}

export type Claim = {
  readonly webhookId: string
  readonly until: Date
  readonly endpoint: Endpoint
  readonly deliveries: readonly Claimed[]
}

type Found = {
  readonly wake?: number | null
  readonly url: string
  readonly secret: string
  readonly previousSecret: string | null
  readonly deliveries?: readonly Claimed[]
}

const AT_ONCE = 100
const LEASE_MS = 60_000

/** What is due to an endpoint; null when nothing is, or another worker has it. */
export async function claimDeliveries(ctx: Context, webhookId: string): Promise<Claim | null> {
  const until = new Date(ctx.now.getTime() + LEASE_MS)
  const { found } = await commitQuietly(ctx, {
    found: new Statement<Found | null>(
      sql`select claim_deliveries(${ctx.tenant}, ${webhookId}, ${AT_ONCE}::int,
        ${ctx.now.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz) as found`,
      ([row]) => row?.found as Found | null,
      ([row]) => wakeIn(ctx, webhookId, (row?.found as Found | null)?.wake),
    ),
  })
  if (found?.deliveries === undefined) return null
  const sealed = [found.secret, ...(found.previousSecret === null ? [] : [found.previousSecret])]
  const secrets = sealed.map((secret) => openSecret(ctx, webhookId, secret))
  return { webhookId, until, endpoint: { url: found.url, secrets }, deliveries: found.deliveries }
}
