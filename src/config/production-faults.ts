import { isLoopback, isPublicHostName } from '#kernel/host'
import { isGuessableSecret } from './guessable-secret.ts'
import { isPublicHttpsUrl } from './https-url.ts'
import { settingFault } from './setting-fault.ts'

/** The settings to check. Their form is already valid. */
type Given = {
  readonly publicUrl: string
  readonly databaseUrl: string
  readonly databaseEndpoint: string | undefined
  readonly egressEndpoint: string | undefined
  readonly masterSecret: string
  readonly clientSecrets: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly hanzoSecrets: Readonly<Record<string, string>>
  readonly providers: readonly {
    readonly tenant: string
    readonly name: string
    readonly issuer: string
    readonly clientSecret: string
  }[]
  readonly stores: Readonly<Record<string, Store>>
}

/** A store with the settings that apply to it. */
type Store = {
  readonly shopUrl: string
  readonly mailFrom?: string | undefined
  readonly passkey_rp_id?: string | undefined
  readonly logoUrl?: string | undefined
  readonly identity: string
  readonly hanzo_issuer: string
  readonly cors_origins: readonly string[]
}

/** The least characters of a client's secret: 128 random bits in base64 have 22. */
const CLIENT_SECRET = 24
/** Hanzo ID and other providers make these. */
const PROVIDER_SECRET = 16
const DATABASE_PASSWORD = 12
const MASTER_BYTES = 32

/**
 * Faults of well-formed settings with which production does not start: secrets that can be guessed or that two clients share, and addresses
 * that lead to this machine, into a network, or past TLS. Each line names a setting and shows no value.
 */
export function faultsInProduction(given: Given): string[] {
  const { publicUrl, databaseUrl, databaseEndpoint, masterSecret, hanzoSecrets, stores } = given
  return [
    ...(isPublicHttpsUrl(publicUrl) ? [] : [`PUBLIC_URL: ${MUST_BE_PUBLIC}`]),
    ...databaseFaults(databaseUrl),
    ...(databaseEndpoint === undefined || isPublicHttpsUrl(databaseEndpoint)
      ? []
      : [`DATABASE_FETCH_ENDPOINT: ${MUST_BE_PUBLIC}`]),
    ...(given.egressEndpoint === undefined ? [] : ['EGRESS_ENDPOINT is for development only']),
    ...(isGuessableSecret(Buffer.from(masterSecret, 'base64'), MASTER_BYTES)
      ? ['MASTER_SECRET can be guessed; take `openssl rand -base64 32`']
      : []),
    ...clientFaults(given.clientSecrets, masterSecret),
    ...Object.entries(hanzoSecrets).flatMap(([tenant, secret]) =>
      isGuessableSecret(secret, PROVIDER_SECRET) ? [`HANZO_SECRETS.${tenant} can be guessed`] : [],
    ),
    ...given.providers.flatMap(providerFaults),
    ...tenantFaultsInProduction(stores),
  ]
}

const providerFaults = ({ tenant, name, issuer, clientSecret }: Given['providers'][number]) => [
  ...(isGuessableSecret(clientSecret, PROVIDER_SECRET)
    ? [`PROVIDER_SECRETS.${tenant}.${name} can be guessed`]
    : []),
  ...(isPublicHttpsUrl(issuer)
    ? []
    : [`tenants.${tenant}.providers.${name}.issuer: ${MUST_BE_PUBLIC}`]),
]

/** The faults in `wrangler.toml` with which production does not start. */
export const tenantFaultsInProduction = (stores: Readonly<Record<string, Store>>): string[] =>
  Object.entries(stores).flatMap(([tenant, store]) => {
    const name = `tenants.${tenant}`
    const { shopUrl, mailFrom, logoUrl, passkey_rp_id, identity, hanzo_issuer, cors_origins } =
      store
    return [
      ...(isPublicHttpsUrl(shopUrl)
        ? []
        : [settingFault(`${name}.shopUrl`, ofStore(tenant, shopUrl))]),
      ...(mailFrom === undefined || isPublicHostName(domainOf(mailFrom))
        ? []
        : [`${name}.mailFrom: must be at a public host name`]),
      ...(passkey_rp_id === undefined || isPublicHostName(passkey_rp_id)
        ? []
        : [`${name}.passkey_rp_id: must be a public host name`]),
      ...(logoUrl === undefined || isPublicHttpsUrl(logoUrl)
        ? []
        : [`${name}.logoUrl: ${MUST_BE_PUBLIC}`]),
      ...(identity !== 'hanzo' || isPublicHttpsUrl(hanzo_issuer)
        ? []
        : [`${name}.hanzo_issuer: ${MUST_BE_PUBLIC}`]),
      ...cors_origins.flatMap((origin, n) =>
        isSafeOrigin(origin) ? [] : [`${name}.cors_origins.${n}: must be https`],
      ),
    ]
  })

const MUST_BE_PUBLIC = 'must be https at a public host name'

/** The fault of a shop's URL. For the example shop it says what to put in its place. */
const ofStore = (tenant: string, shopUrl: string): string =>
  tenant === 'demo' && isLoopback(new URL(shopUrl).hostname)
    ? 'is that of the demonstration; put your own stores in the place of [vars.tenants.demo] in wrangler.toml (docs/deploy.md)'
    : MUST_BE_PUBLIC

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()

/** A page on a developer's machine may call a shop that lets it. */
function isSafeOrigin(origin: string): boolean {
  const url = URL.parse(origin)
  return origin === '*' || url?.protocol === 'https:' || isLoopback(url?.hostname ?? '')
}

function databaseFaults(text: string): string[] {
  const url = URL.parse(text)
  const faults = []
  if (!isPublicHostName(url?.hostname.toLowerCase() ?? '')) faults.push('must name a public host')
  const mode = url?.searchParams.get('sslmode') ?? ''
  if (!/^(?:require|verify-ca|verify-full)$/.test(mode)) faults.push('must have sslmode=require')
  // In a URL, a password only gets longer.
  if (isGuessableSecret(url?.password ?? '', DATABASE_PASSWORD)) {
    faults.push('has a password that can be guessed')
  }
  return faults.map((fault) => settingFault('DATABASE_URL', fault))
}

function clientFaults(secrets: Given['clientSecrets'], masterSecret: string): string[] {
  const owners = new Map([[masterSecret, 'MASTER_SECRET']])
  const faults = []
  for (const [tenant, clients] of Object.entries(secrets)) {
    for (const [client, list] of Object.entries(clients)) {
      for (const [n, secret] of list.entries()) {
        const name = `CLIENT_SECRETS.${tenant}.${client}.${n}`
        const other = owners.get(secret)
        if (other !== undefined) faults.push(`${name} is also ${other}`)
        owners.set(secret, name)
        if (isGuessableSecret(secret, CLIENT_SECRET)) {
          faults.push(`${name} can be guessed; take \`openssl rand -base64 32\``)
        }
      }
    }
  }
  return faults
}
