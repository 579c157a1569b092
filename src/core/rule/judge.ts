import { type Context, commit, read } from '#core/context'
import { type Judged, type Judging, judgement } from '#core/customer'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import type { Bounds } from './bounds.ts'
import * as query from './generated/query.ts'
import { inLayers, type Rule, withRead } from './rule.ts'
import { verdictsOf } from './verdict.ts'

const TRIES = 10

type Work = {
  /** Reads the rules; null: there is nothing to judge by them any more. */
  readonly findRules: () => Promise<readonly Rule[] | null>
  readonly judging: Judging
  /** Jobs that are deleted with the last commit. */
  readonly jobs?: readonly string[]
}

/**
 * Judges customers by rules, and carries out what differs. A customer who changes meanwhile is judged again, and so are all if a rule
 * changes. Refuses `database_unavailable` when changes go on; the jobs are left for another try.
 */
export async function judge(
  ctx: Context,
  { findRules, judging, jobs = [] }: Work,
  { locked }: Pick<Bounds, 'locked'>,
): Promise<void> {
  let next = judging
  for (let tried = 0; tried < TRIES; tried++) {
    const rules = await findRules()
    if (rules === null) return
    const judged = await findJudged(ctx, rules, next)
    const left: string[] = []
    try {
      for (let at = 0; at === 0 || at < judged.length; at += locked) {
        const isLast = at + locked >= judged.length && left.length === 0
        left.push(...(await apply(ctx, rules, judged.slice(at, at + locked), isLast ? jobs : [])))
      }
    } catch (error) {
      if (!hasChanged(error)) throw error
      continue
    }
    if (left.length === 0) return
    next = { ids: left }
  }
  throw new Refusal('database_unavailable', { retryAfter: 1 })
}

/** Whether a rule has changed since it was read. */
const hasChanged = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'precondition_failed'

async function findJudged(
  ctx: Context,
  rules: readonly Rule[],
  judging: Judging,
): Promise<readonly Judged[]> {
  if (rules.length === 0) return []
  const asked = { tenant: ctx.tenant, now: ctx.now, layers: inLayers(rules) }
  const { judged } = await read(ctx, { judged: judgement(asked, judging) })
  return judged
}

/** Carries out the verdicts about some customers, and deletes jobs. Resolves with those who are to be judged again. */
async function apply(
  ctx: Context,
  rules: readonly Rule[],
  some: readonly Judged[],
  jobs: readonly string[],
): Promise<string[]> {
  const verdicts = verdictsOf(some, rules)
  if (verdicts.length === 0 && jobs.length === 0) return []
  const { leftOver } = await commit(ctx, {
    leftOver: query.applyVerdicts({
      ...appending(ctx),
      verdicts,
      rules: withRead(
        rules,
        verdicts.map(({ groupKey }) => groupKey),
      ).map(({ key, number }) => ({ key, ruleNumber: number })),
      customers: some.map(({ id }) => id),
      jobs,
    }),
  })
  return leftOver.map(({ customerId }) => customerId)
}
