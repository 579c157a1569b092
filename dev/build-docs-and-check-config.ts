import { join } from 'node:path'
import './build-docs-assets.ts'

// Wrangler runs this before it bundles: for a local start, for a dry run, and before an upload.
const uploads = /^(deploy|versions upload)$/

if (uploads.test(process.env.WRANGLER_COMMAND ?? '') && process.env.DRY_RUN !== 'true') {
  // A local start waits for this program, and is not judged.
  const { configurationFaultsInProduction } = await import(
    './configuration-faults-in-production.ts'
  )
  // Wrangler goes by this variable, as by its `--env`, which it does not tell.
  const { CLOUDFLARE_ENV } = process.env
  const [, , file = join(import.meta.dirname, '..', 'wrangler.toml')] = process.argv
  const faults = configurationFaultsInProduction(file, CLOUDFLARE_ENV)
  for (const fault of faults) console.error(`wrangler.toml: ${fault}`)
  if (faults.length > 0) process.exit(1)
}
