import { purgeOlder, type System } from '#core/context'
import * as query from '../generated/query.ts'

/** The provider's access tokens live for a week at the longest. */
const STORED_FOR_MS = 30 * 86_400_000

/** Forgets access tokens that have expired. True when there may be more. */
export const purgeSessionTokens = (system: System): Promise<boolean> =>
  purgeOlder(system, query.purgeSessionTokens)

/** Forgets who signed out so long ago that no token of then is left. True when there may be more. */
export const purgeSignOuts = (system: System): Promise<boolean> =>
  purgeOlder(system, query.purgeSignOuts, STORED_FOR_MS)
