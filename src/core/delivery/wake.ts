import { type Context, read, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/**
 * Wakes a worker for each of these endpoints after some seconds. Such a message is no job: it only names an endpoint with due
 * deliveries. A replayed answer wakes none, for its first request did.
 */
export function wakeEndpoints(
  ctx: Pick<Context, 'tenant' | 'outcome'>,
  webhookIds: Iterable<string>,
  seconds = 0,
): void {
  if (ctx.outcome.replayed) return
  const delay = seconds === 0 ? {} : { delaySeconds: seconds }
  for (const id of webhookIds) {
    ctx.outcome.jobs.push({ tenant: ctx.tenant, id, kind: 'deliver', ...delay })
  }
}

/** Wakes workers for the endpoints with due deliveries, in case their messages were lost or never sent. */
export async function wakeDueEndpoints(system: SystemContext): Promise<boolean> {
  const { due } = await read(system, {
    due: query.listDueEndpoints({
      tenants: [...system.tenants.keys()],
      now: system.now.toISOString(),
    }),
  })
  system.outcome.jobs.push(...due.map((endpoint) => ({ ...endpoint, kind: 'deliver' })))
  return false
}
