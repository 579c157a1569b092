import { type Context, purgeBatch, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'
import { OPERATOR_TENANT } from './store.ts'

const DAY_MS = 86_400_000
const OPERATOR_DAYS = 90

/** Deletes dead letters that are older than the setting allows. True when there may be more. */
export const purgeDeadLetters = (ctx: Context): Promise<boolean> =>
  purge(ctx, ctx.tenant, ctx.settings.dead_letter_retention_days)

/** Deletes old dead letters of the operator. True when there may be more. */
export const purgeDeadLettersOfOperator = (system: SystemContext): Promise<boolean> =>
  purge(system, OPERATOR_TENANT, OPERATOR_DAYS)

function purge(
  runner: Pick<SystemContext, 'db' | 'outcome' | 'now'>,
  tenant: string,
  days: number,
): Promise<boolean> {
  const before = new Date(runner.now.getTime() - days * DAY_MS).toISOString()
  return purgeBatch(runner, query.purgeDeadLetters({ tenants: [tenant], before }))
}
