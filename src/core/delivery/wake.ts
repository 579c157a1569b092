import { type Context, read, type System } from '#core/context'
import * as query from './generated/query.ts'

/**
 * Wakes a worker for each of these endpoints, in so many seconds. Such a message is no job: it only says where there is something to
 * do. An answer that is given once more has woken them before.
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

/** Wakes workers for the endpoints that something is due to, in case their message was lost or never sent. */
export async function wakeDeliveries(system: System): Promise<boolean> {
  const { due } = await read(system, {
    due: query.listDueEndpoints({
      tenants: [...system.tenants.keys()],
      now: system.now.toISOString(),
    }),
  })
  system.outcome.jobs.push(...due.map((endpoint) => ({ ...endpoint, kind: 'deliver' })))
  return false
}
