import * as z from 'zod'
import { hostNameOrWildcard, Settings, settingsByTenant, siteUrl, Tenant } from '#core/context'
import type { Client, HanzoTenant, LoginProvider } from '#core/identity'
import { isLoopback } from '#kernel/host'
import { ClientSecrets, readClients, SecretText } from './config/client.ts'
import { explainFaults } from './config/explain.ts'
import { readHanzoTenants } from './config/hanzo.ts'
import { HTTPS_OR_LOCALHOST_FAULT, isHttpsOrLoopbackUrl } from './config/https-url.ts'
import { Misconfigured } from './config/misconfigured.ts'
import { passkeyFaults } from './config/passkey-faults.ts'
import { faultsInProduction } from './config/production-faults.ts'
import { ProviderSecrets, readProviders } from './config/provider.ts'
import { redirectFaults } from './config/redirect-uri-faults.ts'

export { Misconfigured } from './config/misconfigured.ts'

export type Config = {
  readonly publicUrl: string
  /** The other hosts under which this deployment answers. */
  readonly hosts: readonly string[]
  readonly databaseUrl: string
  readonly databaseEndpoint: string | undefined
  /** In development: the URL of the local service that sends requests to URLs that callers have given. */
  readonly egressEndpoint: string | undefined
  readonly masterSecret: string
  readonly development: boolean
  readonly tenants: ReadonlyMap<string, Settings>
  readonly clients: ReadonlyMap<string, Client>
  /** The tenants that use Hanzo ID. */
  readonly hanzo: readonly HanzoTenant[]
  /** The other providers at which shoppers may log in. */
  readonly providers: readonly LoginProvider[]
}

const tenantKey = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'the key of a tenant must be 1 to 63 of a to z, 0 to 9 and dashes, and begin with a letter or digit',
  )

const Environment = z.object({
  PUBLIC_URL: siteUrl,
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgresql://'),
  DATABASE_FETCH_ENDPOINT: siteUrl.optional(),
  EGRESS_ENDPOINT: siteUrl.optional(),
  MASTER_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43,}={0,2}$/, 'must be at least 32 bytes in base64'),
  CLIENT_SECRETS: z
    .string()
    .transform((text, { addIssue }) => parseJson(text, addIssue))
    .pipe(ClientSecrets),
  HANZO_SECRETS: z
    .string()
    .default('{}')
    .transform((text, { addIssue }) => parseJson(text, addIssue))
    .pipe(z.record(z.string(), SecretText)),
  PROVIDER_SECRETS: z
    .string()
    .default('{}')
    .transform((text, { addIssue }) => parseJson(text, addIssue))
    .pipe(ProviderSecrets),
  DEVELOPMENT: z.enum(['true', 'false']).default('false'),
  hosts: z.array(hostNameOrWildcard).default([]),
  customer: Settings,
  tenants: z
    .record(tenantKey, Tenant)
    .refine(
      (tenants) => Object.keys(tenants).length > 0,
      'must name at least one tenant: add [vars.tenants.<key>] with shopName, shopUrl and currency (docs/deploy.md)',
    ),
})

/** The names of all variables and secrets of the Worker. */
export const environmentVariableNames = (): string[] => Object.keys(Environment.shape)

/** Reads and checks every setting and secret. Throws {@link Misconfigured} with all problems. */
export function readConfig(env: Readonly<Record<string, unknown>>): Config {
  const known = {
    ...Object.fromEntries(environmentVariableNames().map((key) => [key, env[key]])),
    ...(env.DEVELOPMENT === 'true' ? { customer: inDevelopment(env.customer) } : {}),
  }
  const parsed = Environment.safeParse(known)
  if (!parsed.success) {
    const faults = explainFaults(Environment, known, parsed.error)
    throw new Misconfigured(`Configuration: ${faults.join('; ')}`)
  }
  const { data } = parsed
  const settings = settingsByTenant(data.customer, data.tenants)
  const clients = readClients(data.tenants, data.CLIENT_SECRETS)
  const development = data.DEVELOPMENT === 'true'
  const hanzo = readHanzoTenants(data.tenants, { settings, clients, secrets: data.HANZO_SECRETS })
  const secrets = data.PROVIDER_SECRETS
  const providers = readProviders(data.tenants, { settings, secrets, development })
  const faults = development
    ? [
        ...faultsInDevelopment(data.PUBLIC_URL, data.EGRESS_ENDPOINT),
        ...hanzo.flatMap(({ tenant, issuer }) =>
          isHttpsOrLoopbackUrl(issuer)
            ? []
            : [`tenants.${tenant}.hanzo_issuer: ${HTTPS_OR_LOCALHOST_FAULT}`],
        ),
      ]
    : faultsInProduction({
        publicUrl: data.PUBLIC_URL,
        databaseUrl: data.DATABASE_URL,
        databaseEndpoint: data.DATABASE_FETCH_ENDPOINT,
        egressEndpoint: data.EGRESS_ENDPOINT,
        masterSecret: data.MASTER_SECRET,
        clientSecrets: data.CLIENT_SECRETS,
        hanzoSecrets: data.HANZO_SECRETS,
        providers,
        stores: Object.fromEntries(settings),
      })
  faults.push(...passkeyFaults(settings, data.PUBLIC_URL))
  faults.push(...redirectFaults(data.tenants, development))
  if (faults.length > 0) throw new Misconfigured(`Configuration: ${faults.join('; ')}`)
  return {
    publicUrl: data.PUBLIC_URL.replace(/\/$/, ''),
    hosts: data.hosts,
    databaseUrl: data.DATABASE_URL,
    databaseEndpoint: data.DATABASE_FETCH_ENDPOINT,
    egressEndpoint: data.EGRESS_ENDPOINT,
    masterSecret: data.MASTER_SECRET,
    development,
    tenants: settings,
    clients,
    hanzo,
    providers,
  }
}

/** Development skips checks that production makes. So only this machine may reach it. */
const faultsInDevelopment = (publicUrl: string, egressEndpoint: string = publicUrl): string[] => [
  ...(isLoopback(new URL(publicUrl).hostname)
    ? []
    : ['DEVELOPMENT: must not be true unless PUBLIC_URL is at localhost']),
  ...(isLoopback(new URL(egressEndpoint).hostname)
    ? []
    : ['EGRESS_ENDPOINT: must be at localhost']),
]

/** The local queue serves webhooks one by one. A receiver that does not answer delays all others, so its timeout is short. */
const inDevelopment = (settings: unknown): unknown =>
  typeof settings === 'object' ? { webhook_timeout_seconds: 3, ...settings } : settings

function parseJson(text: string, addIssue: (issue: string) => void): unknown {
  try {
    return JSON.parse(text)
  } catch {
    addIssue('must be JSON')
    return z.NEVER
  }
}
