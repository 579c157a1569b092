import { lt } from 'drizzle-orm'
import { sessionTokenTable, signedOutTable } from '#db/schema'
import { purgeOf } from '#query/context'

/** Access tokens of the provider that have expired. */
export const purgeSessionTokens = purgeOf('purge_session_tokens', sessionTokenTable, (before) =>
  lt(sessionTokenTable.expiresAt, before),
)

/** Who signed out. */
export const purgeSignOuts = purgeOf('purge_sign_outs', signedOutTable, (before) =>
  lt(signedOutTable.at, before),
)
