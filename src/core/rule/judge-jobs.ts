import { type Context, mayUse, read } from '#core/context'
import { BOUNDS } from './bounds.ts'
import * as query from './generated/query.ts'
import { heedSettings } from './heed-settings.ts'
import { judge } from './judge.ts'
import { findLiveRules, liveRules } from './live-rules.ts'

/** For the system: judges the customers of jobs of the kind `judge` by all rules. */
export async function judgeChanged(
  ctx: Context,
  jobs: readonly string[],
  bounds = BOUNDS,
): Promise<void> {
  mayUse(ctx, 'group:write')
  const { tenant } = ctx
  const { customers } = await read(ctx, {
    customers: query.findJudging({ tenant, ids: jobs }),
  })
  if (customers.length === 0) return
  const ids = [...new Set(customers.map(({ customerId }) => customerId))]
  const findRules = () => findLiveRules(ctx)
  await judge(ctx, { findRules, judging: { ids }, jobs }, bounds)
}

/** For cron: heeds the present settings, and judges the next customers whose moment has come. True when there may be more. */
export async function judgeDue(ctx: Context, bounds = BOUNDS): Promise<boolean> {
  mayUse(ctx, 'group:write')
  const { tenant } = ctx
  const found = await read(ctx, { rules: query.findRules({ tenant }) })
  await heedSettings(ctx, found.rules)
  const rules = liveRules(ctx, found.rules)
  if (rules.length === 0) return false
  const { due } = await read(ctx, {
    due: query.findDue({
      tenant,
      now: ctx.now.toISOString(),
      groups: rules.map(({ key }) => key),
      limit: bounds.due,
    }),
  })
  if (due.length === 0) return false
  const ids = [...new Set(due.map(({ customerId }) => customerId))]
  await judge(ctx, { findRules: () => findLiveRules(ctx), judging: { ids } }, bounds)
  return due.length === bounds.due
}
