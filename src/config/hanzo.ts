import type * as z from 'zod'
import type { Settings, Tenant } from '#core/context'
import type { Client, HanzoService, HanzoTenant } from '#core/identity'
import { readScopes } from './client.ts'
import { Misconfigured } from './misconfigured.ts'
import { settingFault } from './setting-fault.ts'

type Known = {
  readonly settings: ReadonlyMap<string, Settings>
  readonly clients: ReadonlyMap<string, Client>
  readonly secrets: Readonly<Record<string, string>>
}

/** The tenants with `identity = "hanzo"`, and their settings for it. */
export function readHanzoTenants(
  tenants: Readonly<Record<string, z.output<typeof Tenant>>>,
  { settings, clients, secrets }: Known,
): HanzoTenant[] {
  const found: HanzoTenant[] = []
  const taken = new Set(clients.keys())
  for (const [tenant, { hanzo }] of Object.entries(tenants)) {
    const its = settings.get(tenant)
    if (its === undefined || its.identity !== 'hanzo') continue
    const name = `tenants.${tenant}.hanzo`
    if (hanzo === undefined) throw wrong(name, MISSING)
    const clientSecret = secrets[tenant]
    if (clientSecret === undefined) throw wrong(`HANZO_SECRETS.${tenant}`, 'is missing')
    const issuer = its.hanzo_issuer
    if (issuer.endsWith('/')) throw wrong('hanzo_issuer', 'must not end with a slash')
    const { organization, clientId, application = null } = hanzo
    if (found.some((other) => other.issuer === issuer && other.organization === organization)) {
      throw wrong(`${name}.organization`, 'is that of another tenant')
    }
    const services = readServices(name, hanzo.services, taken)
    found.push({
      ...{ tenant, settings: its, issuer, organization, application },
      ...{ clientId, clientSecret, services },
    })
  }
  return found
}

/** With where the page tells of each. */
const MISSING =
  'is missing: identity = "hanzo" needs that section, with organization and clientId (docs/hanzo-id.md#set-up)'

type Services = NonNullable<z.output<typeof Tenant>['hanzo']>['services']

function readServices(name: string, services: Services, taken: Set<string>): HanzoService[] {
  return Object.entries(services).map(([clientId, { subject, scopes: named }]) => {
    const place = `${name}.services.${clientId}`
    if (taken.has(clientId)) throw wrong(place, 'another client has this name')
    taken.add(clientId)
    const scopes = readScopes(place, named)
    if (scopes.includes('customer:register')) {
      throw wrong(
        `${place}.scopes`,
        'customer:register is for browsers, which are clients of this service',
      )
    }
    return { clientId, subject, scopes }
  })
}

const wrong = (what: string, how: string) =>
  new Misconfigured(`Configuration: ${settingFault(what, how)}`)
