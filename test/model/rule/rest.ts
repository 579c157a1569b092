import { query } from '../../support/rows.ts'
import { brokenAtRest } from './promise.ts'
import type { RuleWorld } from './world.ts'

const MINUTE = 60_000
const ROUNDS = 40

/** Lets all work be done, and says what is not as promised then. */
export async function rest(world: RuleWorld): Promise<void> {
  if (!(await comesToRest(world))) {
    world.problems.push(`work is left: ${(await workLeft(world)).join(', ')}`)
    return
  }
  world.seen = await world.look()
  world.problems.push(...(await brokenAtRest(world)))
}

/** Until cron finds nothing to do any more, and there is no message and no job. */
async function comesToRest(world: RuleWorld): Promise<boolean> {
  const { app } = world
  for (let round = 0; round < ROUNDS; round++) {
    await world.drain()
    const { nextAt } = app.queue
    if (nextAt !== undefined) {
      app.advance(Math.max(0, nextAt.getTime() - app.runtime.now().getTime()))
      continue
    }
    await world.cron()
    if (app.queue.waiting > 0) continue
    if ((await workLeft(world)).length === 0) return true
    app.advance(MINUTE)
  }
  return false
}

/** The jobs that rules may wait for. */
async function workLeft({ app }: RuleWorld): Promise<string[]> {
  const rows = await query<{ kind: string }>(
    `select kind from job where tenant = $1 and kind <> all('{mail,deliver,replay,mirror}')`,
    [app.tenant],
    app.wire.connectionString,
  )
  return rows.map(({ kind }) => kind)
}

/**
 * Goes to the next moments at which somebody enters or leaves: at the last millisecond before it, nothing may have changed yet, and at the
 * next one it must have.
 */
export async function restAtMoments(world: RuleWorld, moments: number): Promise<void> {
  const { app } = world
  for (let n = 0; n < moments; n++) {
    const [row] = await query<{ before: string | null }>(
      `select floor(extract(epoch from min(next_at)) * 1000)::text as before from rule_moment where tenant = $1`,
      [app.tenant],
      app.wire.connectionString,
    )
    if (!row?.before) return
    app.advance(Number(row.before) - app.runtime.now().getTime())
    await rest(world)
    app.advance(1)
    await rest(world)
  }
}
