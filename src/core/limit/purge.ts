import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Longer than the day for which most is counted. */
const COUNTED_DAYS = 2

/** Deletes old counts. True when there may be more. */
export const purgeQuotas = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeQuotas, COUNTED_DAYS)
