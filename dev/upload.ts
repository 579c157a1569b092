import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { readSettings, Settings, Tenant } from '#core/context'
import { storeFaults } from '../src/config/production.ts'
import { redirectFaults } from '../src/config/redirect.ts'
import { deploymentMistakes, uploadMistakes } from './deployment.ts'

const Vars = z.object({
  vars: z.object({ customer: Settings, tenants: z.record(z.string(), Tenant) }),
})

/** What of a configuration would not start in production, so that it is not uploaded first. Secrets are judged when the Worker starts. */
export function uploadFaults(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const { vars } = Vars.parse(parse(text))
  const faults = storeFaults(Object.fromEntries(readSettings(vars.customer, vars.tenants)))
  if (faults.length > 0) return faults
  const places = redirectFaults(vars.tenants, false)
  return places.length > 0 ? places : [...deploymentMistakes(text), ...uploadMistakes(text)]
}
