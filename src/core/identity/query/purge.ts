import { lt } from 'drizzle-orm'
import { revokedTokenTable, sessionTokenTable, signedOutTable, spentProofTable } from '#db/schema'
import { purgeUseCase } from '#query/context'

/** Access tokens of the provider that have expired. */
export const purgeProviderAccessTokens = purgeUseCase(
  'purge_provider_access_tokens',
  sessionTokenTable,
  (before) => lt(sessionTokenTable.expiresAt, before),
)

/** Revoked tokens that have expired. */
export const purgeRevokedTokens = purgeUseCase(
  'purge_revoked_tokens',
  revokedTokenTable,
  (before) => lt(revokedTokenTable.expiresAt, before),
)

/** Spent proofs that would have expired. */
export const purgeSpentProofs = purgeUseCase('purge_spent_proofs', spentProofTable, (before) =>
  lt(spentProofTable.expiresAt, before),
)

/** Sign-outs. */
export const purgeSignOuts = purgeUseCase('purge_sign_outs', signedOutTable, (before) =>
  lt(signedOutTable.at, before),
)
