import * as z from 'zod'
import type { Settings, Tenant } from '#core/context'
import type { LoginProvider } from '#core/identity'
import { isLoopback } from '#kernel/host'
import { SecretText } from './client.ts'
import { HTTPS_OR_LOCALHOST_FAULT, isHttpsOrLoopbackUrl } from './https-url.ts'
import { Misconfigured } from './misconfigured.ts'
import { settingFault } from './setting-fault.ts'

export const ProviderSecrets = z.record(z.string(), z.record(z.string(), SecretText))

type Known = {
  readonly settings: ReadonlyMap<string, Settings>
  readonly secrets: z.output<typeof ProviderSecrets>
  /** Then a provider on this machine needs no secret: it has its name as one. */
  readonly development: boolean
}

/** The providers at which the shoppers of each tenant may log in, in the order of the settings. */
export function readProviders(
  tenants: Readonly<Record<string, z.output<typeof Tenant>>>,
  { settings, secrets, development }: Known,
): LoginProvider[] {
  const found: LoginProvider[] = []
  for (const [tenant, { providers }] of Object.entries(tenants)) {
    for (const [name, provider] of Object.entries(providers)) {
      const place = `tenants.${tenant}.providers.${name}`
      if (settings.get(tenant)?.identity === 'hanzo') {
        throw wrong(
          place,
          'a tenant at Hanzo ID has no other provider: Hanzo ID opens its sessions',
        )
      }
      const { issuer, client_id: clientId, label = name, scopes, response_mode } = provider
      if (development && !isHttpsOrLoopbackUrl(issuer))
        throw wrong(`${place}.issuer`, HTTPS_OR_LOCALHOST_FAULT)
      const isHere = development && isLoopback(new URL(issuer).hostname)
      const clientSecret = secrets[tenant]?.[name] ?? (isHere ? name : undefined)
      if (clientSecret === undefined)
        throw wrong(`PROVIDER_SECRETS.${tenant}.${name}`, 'is missing')
      // A callback stands for one issuer, so that no other one can answer in its place (RFC 9700, 4.4).
      if (found.some((other) => other.name === name && other.issuer !== issuer)) {
        throw wrong(`${place}.issuer`, 'another tenant has this name for another issuer')
      }
      found.push({
        ...{ tenant, name, label, issuer, clientId, clientSecret, scopes },
        responseMode: response_mode,
      })
    }
  }
  return found
}

const wrong = (what: string, how: string) =>
  new Misconfigured(`Configuration: ${settingFault(what, how)}`)
