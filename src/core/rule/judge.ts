import { type Context, commit, read } from '#core/context'
import { type CustomersToJudge, type Judged, judgement } from '#core/customer'
import { newEventValues } from '#core/outbox'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { type GroupRule, layersOfRules, rulesWithReadRules } from './group-rule.ts'
import type { Verdict } from './query/verdict.ts'
import type { RuleBatchSizes } from './rule-batch-sizes.ts'
import { verdictsOfJudgement } from './verdict.ts'

const TRIES = 10

type Work = {
  /** Reads the rules; null: there is nothing to judge by them any more. */
  readonly findRules: () => Promise<readonly GroupRule[] | null>
  readonly judging: CustomersToJudge
  /** Jobs that are deleted with the last commit. */
  readonly jobs?: readonly string[]
}

/**
 * Judges customers by rules, and carries out what differs. A customer who changes meanwhile is judged again. If a rule changes, all are judged again. Refuses `database_unavailable` after ten tries; then the jobs stay and are tried later.
 */
export async function judgeAndApplyVerdicts(
  ctx: Context,
  { findRules, judging, jobs = [] }: Work,
  bounds: Pick<RuleBatchSizes, 'locked' | 'written'>,
): Promise<void> {
  let next = judging
  for (let tried = 0; tried < TRIES; tried++) {
    const rules = await findRules()
    if (rules === null) return
    // A moment that has passed since the work began has been judged by others.
    const at = { ...ctx, now: ctx.clock() }
    const judged = await findJudged(at, rules, next)
    const left: string[] = []
    try {
      const parts = partsOf(verdictsOfJudgement(judged, rules), bounds)
      for (const [n, part] of parts.entries()) {
        const isLast = n === parts.length - 1 && left.length === 0
        left.push(...(await apply(at, rules, part, isLast ? jobs : [])))
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
  rules: readonly GroupRule[],
  judging: CustomersToJudge,
): Promise<readonly Judged[]> {
  if (rules.length === 0) return []
  const asked = { tenant: ctx.tenant, now: ctx.now, layers: layersOfRules(rules) }
  const { judged } = await read(ctx, { judged: judgement(asked, judging) })
  return judged
}

/** Splits verdicts into parts, one for each commit. All verdicts about one customer are in the same part. There is at least one part. */
function partsOf(
  verdicts: readonly Verdict[],
  { locked, written }: Pick<RuleBatchSizes, 'locked' | 'written'>,
): Verdict[][] {
  const parts: Verdict[][] = [[]]
  let customers = 0
  for (const [, own] of Map.groupBy(verdicts, ({ customerId }) => customerId)) {
    const last = parts.at(-1) ?? []
    if (customers === locked || (last.length > 0 && last.length + own.length > written)) {
      parts.push(own)
      customers = 1
    } else {
      last.push(...own)
      customers++
    }
  }
  return parts
}

/** Carries out verdicts in one commit, and deletes jobs. Resolves with the customers who are to be judged again. */
async function apply(
  ctx: Context,
  rules: readonly GroupRule[],
  verdicts: readonly Verdict[],
  jobs: readonly string[],
): Promise<string[]> {
  if (verdicts.length === 0 && jobs.length === 0) return []
  const { leftOver } = await commit(ctx, {
    leftOver: query.applyVerdicts({
      ...newEventValues(ctx),
      verdicts,
      rules: rulesWithReadRules(
        rules,
        verdicts.map(({ groupKey }) => groupKey),
      ).map(({ key, number }) => ({ key, ruleNumber: number })),
      customers: [...new Set(verdicts.map(({ customerId }) => customerId))],
      jobs,
    }),
  })
  return leftOver.map(({ customerId }) => customerId)
}
