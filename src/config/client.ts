import * as z from 'zod'
import { type ClientSettings, type Scope, scopes, type Tenant } from '#core/context'
import type { Client } from '#core/identity'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { explainUnknownName } from './explain.ts'
import { Misconfigured } from './misconfigured.ts'
import { settingFault } from './setting-fault.ts'
import { sharedClientNameFaults } from './shared-client-name.ts'

/** What a header and a form can carry (RFC 6749, appendix A). Outer blanks come from a file, and no client sends them. */
export const SecretText = z
  .string()
  .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'must be printable ASCII without outer blanks')
export const ClientSecrets = z.record(
  z.string(),
  z.record(z.string(), z.array(SecretText).check(lengthAtLeast(1), lengthAtMost(2))),
)

/** The prefix of customer ids. A client with such an id could be taken for one, by the claim `sub` of its tokens (RFC 9700, 4.15). */
const CUSTOMER = 'cust_'

type Named = z.output<typeof ClientSettings>

export function readClients(
  tenants: Readonly<Record<string, z.output<typeof Tenant>>>,
  secrets: z.output<typeof ClientSecrets>,
): Map<string, Client> {
  const clashes = sharedClientNameFaults(tenants)
  if (clashes.length > 0) throw new Misconfigured(`Configuration: ${clashes.join('; ')}`)
  const clients = new Map<string, Client>()
  for (const [tenant, { clients: named }] of Object.entries(tenants)) {
    for (const [id, client] of Object.entries(named)) {
      const name = `tenants.${tenant}.clients.${id}`
      if (id.startsWith(CUSTOMER)) throw wrong(name, 'must not be called like a customer')
      const scopes = readScopes(name, client.scopes)
      const keys = client.jwks?.keys ?? []
      const own = secrets[tenant]?.[id]
      if (own === undefined && keys.length === 0 && !client.public) {
        throw wrong(`CLIENT_SECRETS.${tenant}.${id}`, 'is missing')
      }
      checkClient(name, client, own !== undefined)
      clients.set(id, {
        ...{ id, tenant, scopes, keys, name: client.name ?? id },
        ...{ secrets: own ?? [], redirectUris: client.redirect_uris },
      })
    }
  }
  return clients
}

/** Checks that the settings of a client do not contradict each other. */
function checkClient(name: string, client: Named, hasSecret: boolean): void {
  const { scopes, redirect_uris: uris, jwks } = client
  const isStorefront = scopes.includes('customer:register')
  if (client.public) {
    if (scopes.length > 0) throw wrong(`${name}.scopes`, 'a public client has none')
    if (jwks !== undefined) throw wrong(`${name}.jwks`, 'a public client keeps no key')
    if (hasSecret) throw wrong(name, 'is public, so CLIENT_SECRETS must have no secret for it')
    if (uris.length === 0) throw wrong(`${name}.redirect_uris`, 'a public client needs one')
  }
  if (isStorefront && jwks !== undefined) throw wrong(`${name}.jwks`, 'a storefront keeps no key')
  if (!client.public && scopes.length + uris.length === 0) {
    throw wrong(name, 'needs scopes, or redirect_uris')
  }
  const kids = jwks?.keys.flatMap(({ kid }) => kid ?? []) ?? []
  if (new Set(kids).size < kids.length) throw wrong(`${name}.jwks`, 'two keys have the same kid')
}

const wrong = (what: string, how: string) =>
  new Misconfigured(`Configuration: ${settingFault(what, how)}`)

export function readScopes(name: string, named: readonly string[]): Scope[] {
  const fault = scopeFault(named)
  if (fault !== null) throw wrong(`${name}.scopes`, fault)
  return scopes.filter((scope) => named.includes(scope))
}

/** What is wrong with the scopes of a client: one is unknown, and which one is probably meant, or they do not go together. */
export function scopeFault(named: readonly string[]): string | null {
  const unknown = named.find((scope) => !scopes.some((one) => one === scope))
  if (unknown !== undefined) return `${unknown} ${explainUnknownName(unknown, scopes)}`
  return named.includes('customer:register') && new Set(named).size > 1
    ? 'a client with customer:register is for browsers and has no other scope'
    : null
}
