import * as z from 'zod'
import { type Scope, Settings, scopes, Tenant } from '#core/context'
import type { Client } from '#core/identity'

/** A setting or a secret is wrong or missing; the message names it and never shows a secret. */
export class Misconfigured extends Error {
  override name = 'Misconfigured'
}

export type Config = {
  readonly publicUrl: string
  readonly databaseUrl: string
  readonly databaseEndpoint: string | undefined
  readonly masterSecret: string
  readonly development: boolean
  readonly tenants: ReadonlyMap<string, Settings>
  readonly clients: ReadonlyMap<string, Client>
}

const SecretText = z.string().min(1)
const ClientSecrets = z.record(z.string(), z.record(z.string(), z.array(SecretText).min(1).max(2)))

const Environment = z.object({
  PUBLIC_URL: z.url(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgresql://'),
  DATABASE_FETCH_ENDPOINT: z.url().optional(),
  MASTER_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43,}={0,2}$/, 'must be at least 32 bytes in base64'),
  CLIENT_SECRETS: z
    .string()
    .transform((text, { addIssue }) => parseJson(text, addIssue))
    .pipe(ClientSecrets),
  DEVELOPMENT: z.enum(['true', 'false']).default('false'),
  customer: Settings,
  tenants: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/), Tenant)
    .refine((tenants) => Object.keys(tenants).length > 0, 'must name at least one tenant'),
})

/** Reads and checks every setting and secret. Throws {@link Misconfigured}, naming all that is wrong. */
export function readConfig(env: Readonly<Record<string, unknown>>): Config {
  const known = Object.fromEntries(Object.keys(Environment.shape).map((key) => [key, env[key]]))
  const parsed = Environment.safeParse(known)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${explain(issue)}`)
    throw new Misconfigured(`Configuration: ${wrong.join('; ')}`)
  }
  const { data } = parsed
  const tenants = Object.entries(data.tenants).map(([key, { clients: _, ...tenant }]) => {
    const overrides = Object.fromEntries(
      Object.entries(tenant).filter(([, value]) => value !== undefined),
    )
    return [key, { ...data.customer, ...overrides } as Settings] as const
  })
  return {
    publicUrl: data.PUBLIC_URL.replace(/\/$/, ''),
    databaseUrl: data.DATABASE_URL,
    databaseEndpoint: data.DATABASE_FETCH_ENDPOINT,
    masterSecret: data.MASTER_SECRET,
    development: data.DEVELOPMENT === 'true',
    tenants: new Map(tenants),
    clients: readClients(data.tenants, data.CLIENT_SECRETS),
  }
}

function readClients(
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

function readScopes(name: string, named: readonly string[]): Scope[] {
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

function parseJson(text: string, addIssue: (issue: string) => void): unknown {
  try {
    return JSON.parse(text)
  } catch {
    addIssue('must be JSON')
    return z.NEVER
  }
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing'
  return issue.message
}
