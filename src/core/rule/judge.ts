import type { Context } from '#core/context'
import { commit, read } from '#core/context'
import { type Judging, judgement } from '#core/customer'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import type { Bounds } from './bounds.ts'
import * as query from './generated/query.ts'
import { inLayers, type Rule } from './rule.ts'
import { verdictsOf } from './verdict.ts'

const TRIES = 10

/**
 * Judges customers by rules, and carries out what differs. A customer who changes meanwhile is judged again.
 * @param jobs are deleted with the last commit.
 * Refuses `database_unavailable` when customers go on changing; the jobs are left for another try.
 */
export async function judge(
  ctx: Context,
  rules: readonly Rule[],
  judging: Judging,
  { locked }: Pick<Bounds, 'locked'>,
  jobs: readonly string[] = [],
): Promise<void> {
  const asked = { tenant: ctx.tenant, now: ctx.now, layers: inLayers(rules) }
  let next = judging
  for (let tried = 0; tried < TRIES; tried++) {
    const { judged } =
      rules.length === 0 ? { judged: [] } : await read(ctx, { judged: judgement(asked, next) })
    const left: string[] = []
    for (let at = 0; at === 0 || at < judged.length; at += locked) {
      const some = judged.slice(at, at + locked)
      const isLast = at + locked >= judged.length && left.length === 0
      const verdicts = verdictsOf(some, rules)
      if (verdicts.length === 0 && jobs.length === 0) continue
      const { leftOver } = await commit(ctx, {
        leftOver: query.applyVerdicts({
          ...appending(ctx),
          verdicts,
          groups: [...new Set(verdicts.map(({ groupKey }) => groupKey))],
          customers: some.map(({ id }) => id),
          jobs: isLast ? jobs : [],
        }),
      })
      left.push(...leftOver.map(({ customerId }) => customerId))
    }
    if (left.length === 0) return
    next = { ids: left }
  }
  throw new Refusal('database_unavailable', { retryAfter: 1 })
}
