import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { parse, TomlError } from 'smol-toml'
import { z } from 'zod'
import { explainUnknownName } from '../src/config/explain.ts'
import { environmentNames, readConfig } from '../src/config.ts'

const Client = z.looseObject({
  public: z.boolean().optional(),
  jwks: z.unknown().optional(),
  scopes: z.array(z.string()).optional(),
})
const Vars = z.looseObject({
  tenants: z.record(
    z.string(),
    z.looseObject({ clients: z.record(z.string(), Client).optional() }),
  ),
})
const Secrets = z.record(z.string(), z.record(z.string(), z.array(z.string())))

/** What a configuration of wrangler sets (`vars`). Refuses text that is no TOML, and names the line. */
function readVars(configFile: string): Readonly<Record<string, unknown>> {
  try {
    const { vars = {} } = parse(readFileSync(configFile, 'utf8'))
    return Object(vars)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [what] = error.message.split('\n')
    throw new Error(
      `wrangler.toml, line ${error.line}, column ${error.column}: ${explainToml(what)}`,
    )
  }
}

/** The parser's own words, and what they mostly mean. */
const explainToml = (what = ''): string =>
  what.replace(/^Invalid TOML document: /, '').replace(/^invalid value$/, '$&; text needs quotes')

/** The secrets of `.dev.vars` beside the configuration, as JSON texts. They are for development, and take the place of those made here. */
export function readDevVars(configFile: string): Readonly<Record<string, string | undefined>> {
  const file = join(dirname(configFile), '.dev.vars')
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}

/** A secret for each client that needs one: its name, unless `.dev.vars` has another one in `CLIENT_SECRETS`. */
export function developmentSecrets(configFile: string): Readonly<Record<string, ClientSecrets>> {
  const made = readTenantSettings(configFile).map(([tenant, { clients = {} }]) => {
    const keepers = Object.entries(clients).filter(([, it]) => !it.public && it.jwks === undefined)
    return [tenant, Object.fromEntries(keepers.map(([id]) => [id, [id]]))] as const
  })
  const all: Record<string, ClientSecrets> = Object.fromEntries(made)
  const { CLIENT_SECRETS: own = '{}' } = readDevVars(configFile)
  for (const [tenant, secrets] of Object.entries(readJson(own))) {
    all[tenant] = { ...all[tenant], ...secrets }
  }
  return all
}
type ClientSecrets = z.output<typeof Secrets>[string]

/** A tenant, and a client of it that may make customers. */
export type Shop = {
  readonly tenant: string
  readonly client: { readonly id: string; readonly secret: string } | null
}

/** The shops of a configuration that is right, in its order. */
export function readShops(configFile: string): Shop[] {
  const secrets = developmentSecrets(configFile)
  return readTenantSettings(configFile).map(([tenant, { clients = {} }]) => {
    const able = Object.entries(clients).filter(([, it]) => it.scopes?.includes('customer:write'))
    const [client = null] = able.flatMap(([id]) => {
      const [secret] = secrets[tenant]?.[id] ?? []
      return secret === undefined ? [] : [{ id, secret }]
    })
    return { tenant, client }
  })
}

/** The settings of each tenant, as they are written. */
export const readTenantSettings = (configFile: string) =>
  Object.entries(Vars.safeParse(readVars(configFile)).data?.tenants ?? {})

function readJson(text: string): z.output<typeof Secrets> {
  try {
    return Secrets.parse(JSON.parse(text))
  } catch {
    throw new Error(
      'CLIENT_SECRETS in .dev.vars must be JSON like {"demo":{"dev":["a secret"]}}: tenant, client, one or two secrets',
    )
  }
}

/** Judges all settings as the service will. Throws one line that names each fault. */
export function checkSettings(
  configFile: string,
  environment: Readonly<Record<string, string>>,
): void {
  const vars = readVars(configFile)
  const known = environmentNames()
  const unknown = Object.keys(vars).filter((name) => !known.includes(name))
  const [first] = unknown
  if (first !== undefined)
    throw new Error(`wrangler.toml: vars.${first} ${explainUnknownName(first, known)}`)
  readConfig({ ...vars, ...environment })
}
