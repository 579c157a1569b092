import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

/** Forgets sessions that have run out. True when there may be more. */
export const purgeSessions = (system: System): Promise<boolean> =>
  purgeOlder(system, query.purgeSessions)
