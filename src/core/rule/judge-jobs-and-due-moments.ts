import { type Context, mustHaveScope, read } from '#core/context'
import * as query from './generated/query.ts'
import { judgeAndApplyVerdicts } from './judge.ts'
import { RULE_BATCH_SIZES } from './rule-batch-sizes.ts'
import { updateRuleStandings } from './update-rule-standings.ts'
import { findValidRules, validRules } from './valid-rules.ts'

/** For the system: judges the customers of jobs of the kind `judge` by all rules. */
export async function judgeCustomersOfJobs(
  ctx: Context,
  jobs: readonly string[],
  bounds = RULE_BATCH_SIZES,
): Promise<void> {
  mustHaveScope(ctx, 'group:write')
  const { tenant } = ctx
  const { customers } = await read(ctx, {
    customers: query.findCustomersToJudge({ tenant, ids: jobs }),
  })
  if (customers.length === 0) return
  const ids = [...new Set(customers.map(({ customerId }) => customerId))]
  const findRules = () => findValidRules(ctx)
  await judgeAndApplyVerdicts(ctx, { findRules, judging: { ids }, jobs }, bounds)
}

/** For cron: heeds the present settings, and judges the next customers whose moment has come. True when there may be more. */
export async function judgeDueMoments(ctx: Context, bounds = RULE_BATCH_SIZES): Promise<boolean> {
  mustHaveScope(ctx, 'group:write')
  const { tenant } = ctx
  const found = await read(ctx, { rules: query.findRules({ tenant }) })
  await updateRuleStandings(ctx, found.rules)
  const rules = validRules(ctx, found.rules)
  if (rules.length === 0) return false
  const { due } = await read(ctx, {
    due: query.findCustomersWithDueMoment({
      tenant,
      now: ctx.now.toISOString(),
      groups: rules.map(({ key }) => key),
      limit: bounds.due,
    }),
  })
  if (due.length === 0) return false
  const ids = [...new Set(due.map(({ customerId }) => customerId))]
  await judgeAndApplyVerdicts(
    ctx,
    { findRules: () => findValidRules(ctx), judging: { ids } },
    bounds,
  )
  return due.length === bounds.due
}
