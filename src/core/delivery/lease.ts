import { type Context, commitWithoutKey } from '#core/context'
import * as query from './generated/query.ts'
import type { Endpoint } from './send.ts'
import { wakeEndpoints } from './wake.ts'
import { unsealWebhookSecret } from './webhook-secret-and-signature.ts'

/** A delivery that this worker has leased; `attempts` is the number of this attempt. */
export type Leased = {
  readonly id: string
  readonly eventId: string
  readonly attempts: number
  readonly step: number
  /** The event as JSON. */
  readonly body: string
}

export type Lease = {
  readonly webhookId: string
  readonly until: Date
  readonly endpoint: Endpoint
  readonly deliveries: readonly Leased[]
}

const AT_ONCE = 100
const LEASE_MS = 60_000

/** Leases the due deliveries of an endpoint; null when nothing is due, or another worker has the endpoint. */
export async function leaseDeliveries(ctx: Context, webhookId: string): Promise<Lease | null> {
  const until = new Date(ctx.now.getTime() + LEASE_MS)
  const { rows } = await commitWithoutKey(ctx, {
    rows: query.leaseDeliveries({
      tenant: ctx.tenant,
      webhookId,
      now: ctx.now.toISOString(),
      until: until.toISOString(),
      limit: AT_ONCE,
    }),
  })
  const deliveries = rows.flatMap(({ delivery, event }) =>
    delivery === null || event === null
      ? []
      : [{ ...delivery, eventId: event.id, body: JSON.stringify(event) }],
  )
  const [found] = rows
  if (found === undefined || deliveries.length === 0) {
    if (found?.wake != null) wakeEndpoints(ctx, [webhookId], found.wake)
    return null
  }
  const sealed = [found.secret, ...(found.previousSecret === null ? [] : [found.previousSecret])]
  const secrets = sealed.map((secret) => unsealWebhookSecret(ctx, webhookId, secret))
  return { webhookId, until, endpoint: { url: found.url, secrets }, deliveries }
}
