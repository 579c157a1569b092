import { sql } from 'drizzle-orm'
import { authorizationCodeTable, customerTable } from '#db/schema'
import { insertFrom, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { loginParams, mayLogIn, selectCustomerIdsWhere } from '#query/session'

/** Stores the code of a login for a customer who may log in. No row: the password was changed or the account was closed meanwhile. */
export const storeAuthorizationCode = useCase(
  'store_authorization_code',
  {
    ...loginParams,
    ...pick(
      authorizationCodeTable,
      'hash',
      'clientId',
      'redirectUri',
      'challenge',
      'provenAt',
      'userAgent',
      'address',
      'providerTokens',
      'expiresAt',
    ),
  },
  (p) => {
    const who = mayLogIn(p)
    return [
      selectCustomerIdsWhere(who).for('share'),
      insertFrom(
        authorizationCodeTable,
        {
          tenant: p.tenant,
          hash: p.hash,
          clientId: p.clientId,
          redirectUri: p.redirectUri,
          challenge: p.challenge,
          customerId: customerTable.id,
          provenAt: p.provenAt,
          userAgent: p.userAgent,
          address: p.address,
          providerTokens: p.providerTokens,
          createdAt: p.provenAt,
          expiresAt: p.expiresAt,
        },
        sql`from ${customerTable} where ${who}`,
      ).returning(pick(authorizationCodeTable, 'customerId')),
    ]
  },
)
