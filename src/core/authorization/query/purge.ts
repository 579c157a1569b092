import { sql } from 'drizzle-orm'
import { authorizationCodeTable } from '#db/schema'
import { purgeUseCase } from '#query/context'

/** Codes that expired more than ten minutes ago: until then a second use is noticed. */
export const purgeAuthorizationCodes = purgeUseCase(
  'purge_authorization_codes',
  authorizationCodeTable,
  (before) => sql`${authorizationCodeTable.expiresAt} < ${before} - interval '10 minutes'`,
)
