import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes sessions that have expired. True when there may be more. */
export const purgeSessions = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeSessions)
