import { commitWithoutKey, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/**
 * Renews the planner's statistics, so that they contain no values of erased people. There is never more to do.
 */
export async function forgetStatistics(system: SystemContext): Promise<boolean> {
  await commitWithoutKey(system, { forgotten: query.forgetStatistics({}) })
  return false
}
