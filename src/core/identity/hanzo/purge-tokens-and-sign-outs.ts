import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from '../generated/query.ts'

/** The provider's access tokens live for a week at the longest. */
const STORED_FOR_DAYS = 30

/** Deletes access tokens that have expired. True when there may be more. */
export const purgeSessionTokens = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeProviderAccessTokens)

/** Deletes sign-outs that are older than any living token. True when there may be more. */
export const purgeSignOuts = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeSignOuts, STORED_FOR_DAYS)
