import * as z from 'zod'
import type { Keyring } from '#core/context'
import type { ProviderTokens } from '#core/identity'

/** Tokens of a provider, as they are sealed. */
export const ProviderTokensToSeal = z.strictObject({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  issuedAt: z.coerce.date(),
  expiresAt: z.coerce.date(),
})

/** Tokens that wait for the exchange of a code. @param hash of the code: they open with it alone. */
export const sealProviderTokens = (
  keyring: Keyring,
  tokens: ProviderTokens,
  hash: string,
): string => keyring.seal('provider-tokens', JSON.stringify(tokens), hash)

/** Null for a text that cannot be unsealed any more. */
export function readProviderTokens(
  keyring: Keyring,
  sealed: string,
  hash: string,
): ProviderTokens | null {
  try {
    return ProviderTokensToSeal.parse(JSON.parse(keyring.open('provider-tokens', sealed, hash)))
  } catch {
    return null
  }
}
