import type { Context as HonoContext } from 'hono'
import { isIdentityElsewhere, type OpenLoginPage } from '#core/authorization'
import type { Settings } from '#core/context'
import type { RelyingParty } from '#core/identity'
import type { Env } from '../env.ts'
import type { LoginView } from './view-types.ts'

type Ways = Pick<LoginView, 'takesPasswords' | 'providers' | 'origins' | 'linking'>

/** The ways to log in that a tenant's page shows. */
export async function findLoginWays(
  { env }: HonoContext<Env>,
  settings: Settings,
  { request, linking }: OpenLoginPage,
): Promise<Ways> {
  const parties = env.identity.providersOf(request.client.tenant)
  if (linking !== null) {
    const label = parties.get(linking.provider)?.label ?? linking.provider
    return { takesPasswords: false, providers: [], origins: [], linking: label }
  }
  const providers = [...parties.values()]
  return {
    takesPasswords: !isIdentityElsewhere(settings),
    providers: providers.map(({ name, label }) => ({ name, label })),
    origins: (await Promise.all(providers.map(placesOf))).flat(),
    linking: null,
  }
}

/** How long the page waits for a provider. It is there for the other ways as well. */
const WITHIN_MS = 1_000

/** The origins of a provider's login. If the provider does not answer, its issuer URL stands in. */
async function placesOf({ issuer }: RelyingParty): Promise<string[]> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, WITHIN_MS, null))
  const place = await Promise.race([issuer.authorizationEndpoint().catch(() => null), late])
  return [place ?? issuer.url]
}
