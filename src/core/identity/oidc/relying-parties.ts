import { makeOidcIssuer, type OidcIssuer } from './issuer.ts'
import type { LoginProvider } from './login-provider.ts'
import { makeRelyingParty, type RelyingParty } from './relying-party.ts'

type Asking = Omit<Parameters<typeof makeOidcIssuer>[0], 'url'>
type Parties = ReadonlyMap<string, RelyingParty>

/** The providers of each tenant by their names, in the order of the settings. Tenants with the same issuer share its cached document and keys. */
export function makeRelyingParties(
  providers: readonly LoginProvider[],
  asking: Asking,
): ReadonlyMap<string, Parties> {
  const issuers = new Map<string, OidcIssuer>()
  const issuerAt = (url: string) => {
    const issuer = issuers.get(url) ?? makeOidcIssuer({ url, ...asking })
    issuers.set(url, issuer)
    return issuer
  }
  const named = providers.map((provider) => {
    const party = makeRelyingParty({ provider, issuer: issuerAt(provider.issuer), ...asking })
    return { tenant: provider.tenant, entry: [provider.name, party] as const }
  })
  return new Map(
    [...Map.groupBy(named, ({ tenant }) => tenant)].map(([tenant, its]) => [
      tenant,
      new Map(its.map(({ entry }) => entry)),
    ]),
  )
}
