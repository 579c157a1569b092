import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes sessions that have expired. True when there may be more. */
export const purgeSessions = (system: System): Promise<boolean> =>
  purgeOlder(system, query.purgeSessions)
