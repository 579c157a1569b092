import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { Settings, settingsByTenant, Tenant } from '#core/context'
import { scopeFault } from '../src/config/client.ts'
import { explainFaults, explainUnknownName } from '../src/config/explain.ts'
import { tenantFaultsInProduction } from '../src/config/production-faults.ts'
import { redirectFaults } from '../src/config/redirect-uri-faults.ts'
import { settingFault } from '../src/config/setting-fault.ts'
import { sharedClientNameFaults } from '../src/config/shared-client-name.ts'
import { deploymentMistakes, missingRouteMistakes } from './deployment-mistakes.ts'

const Stores = z.object({
  vars: z.object({ customer: Settings, tenants: z.record(z.string(), Tenant) }),
})
const Configuration = Stores.extend({
  env: z.record(z.string(), Stores.partial()).default({}),
})

/**
 * What of a configuration would not start in production, so that it is not uploaded first. Secrets are judged when the Worker starts.
 * @param chosen the environment that is uploaded, '' for the top. Wrangler does not tell its `--env`, so without it all of them are judged.
 */
export function configurationFaultsInProduction(file: string, chosen?: string): string[] {
  const text = readFileSync(file, 'utf8')
  const given = parse(text)
  const read = Configuration.safeParse(given)
  if (!read.success) return explainFaults(Configuration, given, read.error)
  const { vars, env } = read.data
  if (chosen && !Object.hasOwn(env, chosen))
    return [settingFault(`env.${chosen}`, explainUnknownName(chosen, Object.keys(env)))]
  const isMeant = (name: string): boolean => chosen === undefined || chosen === name
  const faults = [
    ...(isMeant('') ? faultsOf(vars) : []),
    ...Object.entries(env).flatMap(([name, { vars: own }]) =>
      own === undefined || !isMeant(name)
        ? []
        : faultsOf(own).map((fault) => `env.${name}: ${fault}`),
    ),
  ]
  return faults.length > 0
    ? faults
    : [...deploymentMistakes(text, chosen), ...missingRouteMistakes(text, chosen)]
}

function faultsOf({ customer, tenants }: z.output<typeof Stores>['vars']): string[] {
  const clients = [...sharedClientNameFaults(tenants), ...scopeFaults(tenants)]
  if (clients.length > 0) return clients
  const faults = tenantFaultsInProduction(Object.fromEntries(settingsByTenant(customer, tenants)))
  return faults.length > 0 ? faults : redirectFaults(tenants, false)
}

const scopeFaults = (tenants: z.output<typeof Stores>['vars']['tenants']): string[] =>
  Object.entries(tenants).flatMap(([tenant, { clients }]) =>
    Object.entries(clients).flatMap(([id, client]) => {
      const fault = scopeFault(client.scopes)
      return fault === null ? [] : [`tenants.${tenant}.clients.${id}.scopes: ${fault}`]
    }),
  )
