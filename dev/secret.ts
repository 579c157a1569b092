import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { readDevVarsSecrets } from './dev-vars-secret.ts'
import { developmentSecrets } from './wrangler-settings.ts'

type Environment = {
  /** Wrangler's configuration, which names the clients. */
  readonly configFile: string
  readonly databaseUrl: string
  readonly endpoint: string
  readonly egressEndpoint: string
  readonly publicUrl: string
}

/** The worker's secrets for development, by their names. The master secret is made once and kept in the file. */
export function workerSecrets(
  path: string,
  { configFile, databaseUrl, endpoint, egressEndpoint, publicUrl }: Environment,
): Readonly<Record<string, string>> {
  const { HANZO_SECRETS, PROVIDER_SECRETS } = readDevVarsSecrets(configFile)
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_FETCH_ENDPOINT: endpoint,
    EGRESS_ENDPOINT: egressEndpoint,
    PUBLIC_URL: publicUrl,
    MASTER_SECRET: keptSecret(path) ?? randomBytes(32).toString('base64'),
    CLIENT_SECRETS: JSON.stringify(developmentSecrets(configFile)),
    ...(HANZO_SECRETS === undefined ? {} : { HANZO_SECRETS }),
    ...(PROVIDER_SECRETS === undefined ? {} : { PROVIDER_SECRETS }),
    DEVELOPMENT: 'true',
  }
}

/** Writes secrets as a dotenv file that only its owner reads. */
export function writeSecrets(path: string, secrets: Readonly<Record<string, string>>): void {
  const lines = Object.entries(secrets).map(([name, value]) => {
    const quote = value.includes("'") ? '`' : "'"
    return `${name}=${quote}${value}${quote}\n`
  })
  writeFileSync(path, lines.join(''), { mode: 0o600 })
}

function keptSecret(path: string): string | undefined {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')).MASTER_SECRET : undefined
}
