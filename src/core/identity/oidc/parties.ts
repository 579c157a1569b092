import { makeOidcIssuer, type OidcIssuer } from './issuer.ts'
import { makeRelyingParty, type RelyingParty } from './party.ts'
import type { Provider } from './provider.ts'

type Asking = Omit<Parameters<typeof makeOidcIssuer>[0], 'url'>
type Parties = ReadonlyMap<string, RelyingParty>

/** The providers of each tenant by their names, in the order of the settings. Tenants with the same issuer share what is known of it. */
export function partiesOf(
  providers: readonly Provider[],
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
