import { revokedTokenTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

/** Revokes the access token of a client. A repeat changes nothing. */
export const revokeClientToken = useCase(
  'revoke_client_token',
  pick(revokedTokenTable, 'tenant', 'id', 'expiresAt'),
  (p) => [db.insert(revokedTokenTable).values(p).onConflictDoNothing(), noAnswer],
)
