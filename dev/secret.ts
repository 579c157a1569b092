import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

type Environment = {
  readonly databaseUrl: string
  readonly endpoint: string
  readonly egressEndpoint: string
  readonly publicUrl: string
}

/** Writes the worker's secrets for development; the master secret is made once and kept. */
export function writeEnvironment(
  path: string,
  { databaseUrl, endpoint, egressEndpoint, publicUrl }: Environment,
): void {
  const values = {
    DATABASE_URL: databaseUrl,
    DATABASE_FETCH_ENDPOINT: endpoint,
    EGRESS_ENDPOINT: egressEndpoint,
    PUBLIC_URL: publicUrl,
    MASTER_SECRET: keptSecret(path) ?? randomBytes(32).toString('base64'),
    CLIENT_SECRETS: JSON.stringify({ demo: { dev: ['dev'], storefront: ['storefront'] } }),
    DEVELOPMENT: 'true',
  }
  const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'\n`)
  writeFileSync(path, lines.join(''), { mode: 0o600 })
}

function keptSecret(path: string): string | undefined {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')).MASTER_SECRET : undefined
}
