import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { explainUnknownName } from '../src/config/explain.ts'
import { settingFault } from '../src/config/setting-fault.ts'
import { environmentVariableNames } from '../src/config.ts'

const Secrets = z.record(z.string(), z.record(z.string(), z.array(z.string())))
export type ClientSecrets = z.output<typeof Secrets>[string]

type Own = Readonly<Record<string, string | undefined>>

/** The secrets of `.dev.vars` beside the configuration, as JSON texts. They are for development, and take the place of those made here. */
export function readDevVarsSecrets(configFile: string): Own {
  const file = join(dirname(configFile), '.dev.vars')
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}

export function readClientSecrets(text: string): z.output<typeof Secrets> {
  try {
    return Secrets.parse(JSON.parse(text))
  } catch {
    throw new Error(
      'CLIENT_SECRETS in .dev.vars must be JSON like {"demo":{"dev":["a secret"]}}: tenant, client, one or two secrets',
    )
  }
}

const table = z.record(z.string(), z.unknown()).catch({})
const Tenants = z
  .record(
    z.string(),
    z.looseObject({ clients: table, providers: table }).catch({ clients: {}, providers: {} }),
  )
  .catch({})
type Tenant = z.output<typeof Tenants>[string]

/** What has a secret here: by tenant, and below it by client or provider. */
const kinds: Readonly<Record<string, ((tenant: Tenant) => object) | null>> = {
  CLIENT_SECRETS: ({ clients }) => clients,
  PROVIDER_SECRETS: ({ providers }) => providers,
  HANZO_SECRETS: null,
}

/**
 * The first thing in `.dev.vars` that nothing reads; undefined if there is none. Production may have secrets of clients that are not there
 * yet, because they are set before the deployment. On a developer's machine such a name is misspelt.
 */
export function devVarsSecretFault(own: Own, settings: unknown): string | undefined {
  const names = Object.keys(kinds)
  const tenants = Tenants.parse(settings)
  for (const [name, text = ''] of Object.entries(own)) {
    const within = kinds[name]
    if (within === undefined) return settingFault(name, strange(name, names))
    for (const [tenant, inner] of Object.entries(table.parse(parsed(text)))) {
      const found = Object.hasOwn(tenants, tenant) ? tenants[tenant] : undefined
      if (found === undefined) {
        return settingFault(
          `${name}.${tenant}`,
          explainSecretOfUnknown(tenant, Object.keys(tenants)),
        )
      }
      const known = within === null ? null : Object.keys(within(found))
      const unknown = Object.keys(Object(inner)).find((one) => known?.includes(one) === false)
      if (unknown !== undefined) {
        return settingFault(
          `${name}.${tenant}.${unknown}`,
          explainSecretOfUnknown(unknown, known ?? []),
        )
      }
    }
  }
  return undefined
}

/** A shop or a client of `.dev.vars` must stand in `wrangler.toml`, too. */
function explainSecretOfUnknown(name: string, known: readonly string[]): string {
  const fault = explainUnknownName(name, known)
  return fault.endsWith('?') ? fault : `${fault}: add it to wrangler.toml first, or take it out`
}

function strange(name: string, names: readonly string[]): string {
  if (environmentVariableNames().includes(name)) return 'is set by npm start itself: take it out'
  const said = explainUnknownName(name, names)
  return said.includes(';') ? said : `${said}: the file may have ${names.join(', ')}`
}

/** What is no JSON is told by the service's own check. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
