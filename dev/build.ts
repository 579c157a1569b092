import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { readSettings, Settings, Tenant } from '#core/context'
import { storeFaults } from '../src/config/production.ts'
import { deploymentMistakes, uploadMistakes } from './deployment.ts'
import './assets.ts'

// Wrangler runs this before it bundles: for a local start, for a look at the bundle (DRY_RUN), and before it uploads.
const uploads = /^(deploy|versions upload)$/

const Vars = z.object({
  vars: z.object({ customer: Settings, tenants: z.record(z.string(), Tenant) }),
})

/** What of a configuration would not start in production, so that it is not uploaded first. Secrets are judged when the Worker starts. */
function faultsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const { vars } = Vars.parse(parse(text))
  const faults = storeFaults(Object.fromEntries(readSettings(vars.customer, vars.tenants)))
  return faults.length > 0 ? faults : [...deploymentMistakes(text), ...uploadMistakes(text)]
}

if (uploads.test(process.env.WRANGLER_COMMAND ?? '') && process.env.DRY_RUN !== 'true') {
  const faults = faultsOf(join(import.meta.dirname, '..', 'wrangler.toml'))
  for (const fault of faults) console.error(`wrangler.toml: ${fault}`)
  if (faults.length > 0) process.exit(1)
}
