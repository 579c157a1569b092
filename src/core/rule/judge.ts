import { type Context, commit, read } from '#core/context'
import { type Judged, type Judging, judgement } from '#core/customer'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import type { Bounds } from './bounds.ts'
import * as query from './generated/query.ts'
import type { Verdict } from './query/verdict.ts'
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
  bounds: Pick<Bounds, 'locked' | 'written'>,
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
      const parts = partsOf(verdictsOf(judged, rules), bounds)
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
  rules: readonly Rule[],
  judging: Judging,
): Promise<readonly Judged[]> {
  if (rules.length === 0) return []
  const asked = { tenant: ctx.tenant, now: ctx.now, layers: inLayers(rules) }
  const { judged } = await read(ctx, { judged: judgement(asked, judging) })
  return judged
}

/** Verdicts in parts, one for each commit, each with all verdicts about a customer; there is a part at least. */
function partsOf(
  verdicts: readonly Verdict[],
  { locked, written }: Pick<Bounds, 'locked' | 'written'>,
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
  rules: readonly Rule[],
  verdicts: readonly Verdict[],
  jobs: readonly string[],
): Promise<string[]> {
  if (verdicts.length === 0 && jobs.length === 0) return []
  const { leftOver } = await commit(ctx, {
    leftOver: query.applyVerdicts({
      ...appending(ctx),
      verdicts,
      rules: withRead(
        rules,
        verdicts.map(({ groupKey }) => groupKey),
      ).map(({ key, number }) => ({ key, ruleNumber: number })),
      customers: [...new Set(verdicts.map(({ customerId }) => customerId))],
      jobs,
    }),
  })
  return leftOver.map(({ customerId }) => customerId)
}
