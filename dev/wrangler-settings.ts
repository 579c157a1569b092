import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse, TomlError } from 'smol-toml'
import { z } from 'zod'
import { explainUnknownName } from '../src/config/explain.ts'
import { environmentVariableNames, Misconfigured, readConfig } from '../src/config.ts'
import { mistakesPreventingStart } from './deployment-mistakes.ts'
import {
  type ClientSecrets,
  devVarsSecretFault,
  readClientSecrets,
  readDevVarsSecrets,
} from './dev-vars-secret.ts'
import { rankOfScopes } from './first-request.ts'

const Client = z.looseObject({
  public: z.boolean().optional(),
  jwks: z.unknown().optional(),
  scopes: z.array(z.string()).optional(),
})
const Vars = z.looseObject({
  tenants: z.record(
    z.string(),
    z.looseObject({
      clients: z.record(z.string(), Client).optional(),
      shopUrl: z.string().optional(),
    }),
  ),
})

/** What a configuration of wrangler sets (`vars`). Refuses text that is no TOML, and names the line. */
function readVars(configFile: string): Readonly<Record<string, unknown>> {
  try {
    const { vars = {} } = parse(readFileSync(configFile, 'utf8'))
    return Object(vars)
  } catch (error) {
    if (!existsSync(configFile)) throw new Error(`${configFile} is missing: ${REMEDY}`)
    if (!(error instanceof TomlError)) throw error
    const [what] = error.message.split('\n')
    throw new Error(
      `${basename(configFile)}, line ${error.line}, column ${error.column}: ${explainToml(what, error.line)}`,
    )
  }
}

const REMEDY = 'in a clone, git checkout wrangler.toml brings it back'

/** The parser's own words, and what they mostly mean. */
function explainToml(what = '', line: number): string {
  const said = what.replace(/^Invalid TOML document: /, '')
  if (/^(?:control characters are not|unfinished string)/.test(said)) {
    return `the text does not end: a quote may be missing in line ${line}`
  }
  if (/^(?:expected comma|each key-value)/.test(said)) {
    return `${said}; a quote or a comma may be missing in line ${line}`
  }
  return said.replace(/^invalid value$/, '$&; text needs quotes')
}

/** A secret for each client that needs one: its name, unless `.dev.vars` has another one in `CLIENT_SECRETS`. */
export function developmentSecrets(configFile: string): Readonly<Record<string, ClientSecrets>> {
  const made = readTenantSettings(configFile).map(([tenant, { clients = {} }]) => {
    const keepers = Object.entries(clients).filter(([, it]) => !it.public && it.jwks === undefined)
    return [tenant, Object.fromEntries(keepers.map(([id]) => [id, [id]]))] as const
  })
  const all: Record<string, ClientSecrets> = Object.fromEntries(made)
  const { CLIENT_SECRETS: own = '{}' } = readDevVarsSecrets(configFile)
  for (const [tenant, secrets] of Object.entries(readClientSecrets(own))) {
    all[tenant] = { ...all[tenant], ...secrets }
  }
  return all
}

/** A tenant, and the client of it that may ask for most; null if none gets a token by a secret. */
export type Shop = {
  readonly tenant: string
  readonly client: {
    readonly id: string
    readonly secret: string
    readonly scopes: readonly string[]
  } | null
}

/** The shops of a configuration that is right, in its order. */
export function readShops(configFile: string): Shop[] {
  const secrets = developmentSecrets(configFile)
  return readTenantSettings(configFile).map(([tenant, { clients = {} }]) => {
    const [client = null] = Object.entries(clients)
      .flatMap(([id, { scopes = [] }]) => {
        const [secret] = secrets[tenant]?.[id] ?? []
        return secret === undefined || scopes.length === 0 ? [] : [{ id, secret, scopes }]
      })
      .toSorted((a, b) => rankOfScopes(a.scopes) - rankOfScopes(b.scopes))
    return { tenant, client }
  })
}

/** Each tenant with the URL of its shop. */
export const shopUrlsOf = (configFile: string): (readonly [string, string])[] =>
  readTenantSettings(configFile).flatMap(([tenant, { shopUrl }]) =>
    shopUrl === undefined || !URL.canParse(shopUrl) ? [] : [[tenant, shopUrl] as const],
  )

/** The settings of each tenant, as they are written. */
export const readTenantSettings = (configFile: string) =>
  Object.entries(Vars.safeParse(readVars(configFile)).data?.tenants ?? {})

/** Judges all settings as the service will. Throws one line that names each fault. */
export function checkSettings(
  configFile: string,
  environment: Readonly<Record<string, string>>,
): void {
  const vars = readVars(configFile)
  const known = environmentVariableNames()
  const unknown = Object.keys(vars).filter((name) => !known.includes(name))
  const [first] = unknown
  if (first !== undefined)
    throw new Error(`${basename(configFile)}: vars.${first} ${explainUnknownName(first, known)}`)
  const [missing] = mistakesPreventingStart(readFileSync(configFile, 'utf8'))
  if (missing !== undefined) throw new Error(`${basename(configFile)}: ${missing}`)
  const fault = devVarsSecretFault(readDevVarsSecrets(configFile), vars.tenants)
  if (fault !== undefined) throw new Error(`.dev.vars: ${fault}`)
  try {
    readConfig({ ...vars, ...environment })
  } catch (error) {
    throw error instanceof Misconfigured ? new Error(withPlace(error.message)) : error
  }
}

/** The service does not know where a developer's machine keeps the secrets of others. */
const withPlace = (message: string): string =>
  message.replace(/\b(?:HANZO|PROVIDER)_SECRETS\.\S+ is missing/g, '$&: write it into .dev.vars')
