import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes codes that nobody can use any more. True when there may be more. */
export const purgeAuthorizationCodes = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeAuthorizationCodes)
