import * as z from 'zod'
import { type Scope, scopes, type Tenant } from '#core/context'
import type { Client } from '#core/identity'
import { atLeast, atMost } from '#kernel/length'
import { Misconfigured } from './misconfigured.ts'

/** What a header and a form can carry (RFC 6749, appendix A). Outer blanks come from a file, and no client sends them. */
export const SecretText = z
  .string()
  .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'must be printable ASCII without outer blanks')
export const ClientSecrets = z.record(
  z.string(),
  z.record(z.string(), z.array(SecretText).check(atLeast(1), atMost(2))),
)

export function readClients(
  tenants: Readonly<Record<string, z.output<typeof Tenant>>>,
  secrets: z.output<typeof ClientSecrets>,
): Map<string, Client> {
  const clients = new Map<string, Client>()
  for (const [tenant, { clients: named }] of Object.entries(tenants)) {
    for (const [id, client] of Object.entries(named)) {
      const name = `tenants.${tenant}.clients.${id}`
      if (clients.has(id))
        throw new Misconfigured(`Configuration: ${name}: another tenant has a client of this name`)
      const own = secrets[tenant]?.[id]
      if (own === undefined)
        throw new Misconfigured(`Configuration: CLIENT_SECRETS.${tenant}.${id}: is missing`)
      clients.set(id, { id, tenant, scopes: readScopes(name, client.scopes), secrets: own })
    }
  }
  return clients
}

export function readScopes(name: string, named: readonly string[]): Scope[] {
  const known = named.filter((scope): scope is Scope =>
    (scopes as readonly string[]).includes(scope),
  )
  if (known.length !== named.length)
    throw new Misconfigured(`Configuration: ${name}.scopes: holds an unknown scope`)
  if (known.includes('customer:register') && known.length > 1) {
    throw new Misconfigured(
      `Configuration: ${name}.scopes: customer:register is for public clients and stands alone`,
    )
  }
  return known
}
