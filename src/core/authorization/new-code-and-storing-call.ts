import type { Context } from '#core/context'
import type { ProviderTokens } from '#core/identity'
import { loginStatuses } from '#core/session'
import { codeHash, makeCode } from './code-and-pkce.ts'
import * as query from './generated/query.ts'
import type { AuthorizationRequest } from './request.ts'
import { sealProviderTokens } from './sealed-provider-tokens.ts'

/** The lifetime of a code. A client exchanges its code at once. Later only a thief would use the code. */
const LIVES_MS = 60_000

type Login = {
  readonly customerId: string
  /** The hash that a password was checked against. Null: there was no password. */
  readonly passwordHash?: string | null
  /** What the provider of this tenant's sessions gave. */
  readonly tokens?: ProviderTokens | undefined
}

/** A new code for a client, and the statement that stores it. The statement has no row if the shopper may not log in. */
export function newCodeAndStoringCall(
  ctx: Context,
  { client, redirectUri, challenge }: AuthorizationRequest,
  { customerId, passwordHash = null, tokens }: Login,
) {
  const code = makeCode()
  const hash = codeHash(code)
  const stored = query.storeAuthorizationCode({
    ...{ tenant: ctx.tenant, customerId, passwordHash, statuses: loginStatuses(ctx) },
    ...{ hash, clientId: client.id, redirectUri, challenge },
    ...{ userAgent: ctx.caller?.userAgent ?? null, address: ctx.caller?.address ?? null },
    provenAt: ctx.now.toISOString(),
    providerTokens: tokens === undefined ? null : sealProviderTokens(ctx.keyring, tokens, hash),
    expiresAt: new Date(ctx.now.getTime() + LIVES_MS).toISOString(),
  })
  return { code, stored }
}
