import { and, eq, isNotNull } from 'drizzle-orm'
import { authorizationCodeTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/** The provider's tokens that wait with a code of this client, used or not. */
export const findProviderTokens = useCase(
  'find_provider_tokens',
  pick(authorizationCodeTable, 'tenant', 'hash', 'clientId'),
  (p) => [
    db
      .select(pick(authorizationCodeTable, 'providerTokens'))
      .from(authorizationCodeTable)
      .where(
        and(
          eq(authorizationCodeTable.tenant, p.tenant),
          eq(authorizationCodeTable.hash, p.hash),
          eq(authorizationCodeTable.clientId, p.clientId),
          isNotNull(authorizationCodeTable.providerTokens),
        ),
      ),
  ],
)
