import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes codes that nobody can use any more. True when there may be more. */
export const purgeCodes = (system: System): Promise<boolean> => purgeOlder(system, query.purgeCodes)
