import { commitQuietly, type System } from '#core/context'
import * as query from './generated/query.ts'

/**
 * Makes the database forget the values of erased people that its planner has kept. There is never more to do.
 */
export async function forgetStatistics(system: System): Promise<boolean> {
  await commitQuietly(system, { forgotten: query.forgetStatistics({}) })
  return false
}
