import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes revoked tokens that have expired. True when there may be more. */
export const purgeRevokedTokens = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeRevokedTokens)

/** Deletes spent proofs that would have expired. True when there may be more. */
export const purgeSpentProofs = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeSpentProofs)
