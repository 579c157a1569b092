import { sql } from 'drizzle-orm'
import { type Context, type JobMessage, look, read, type System, type Wake } from '#core/context'
import { textArray } from '#core/outbox'

/** Wakes a worker for an endpoint in so many seconds; nothing to do for null. */
export const wakeIn = (
  { tenant }: Pick<Context, 'tenant'>,
  webhookId: string,
  seconds: number | null | undefined,
): Wake[] =>
  seconds == null
    ? []
    : [
        {
          tenant,
          id: webhookId,
          kind: 'deliver',
          ...(seconds === 0 ? {} : { delaySeconds: seconds }),
        },
      ]

/** Wakes workers for the endpoints that something is due to, in case their message was lost or never sent. */
export async function wakeDeliveries(system: System): Promise<boolean> {
  const now = sql`${system.now.toISOString()}::timestamptz`
  const { due } = await read(system, {
    due: look<JobMessage>(sql`select w.tenant, w.id, 'deliver' as kind from webhook w
      where w.tenant = any(${textArray([...system.tenants.keys()])}) and w.status = 'enabled'
        and coalesce(w.leased_until, ${now}) <= ${now} and coalesce(w.paused_until, ${now}) <= ${now}
        and exists (select from delivery d where d.tenant = w.tenant and d.webhook_id = w.id
          and d.status = 'pending' and d.next_attempt_at <= ${now})`),
  })
  system.outcome.jobs.push(...due)
  return false
}
