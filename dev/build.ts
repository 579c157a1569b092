import { join } from 'node:path'
import './assets.ts'

// Wrangler runs this before it bundles: for a local start, for a look at the bundle (DRY_RUN), and before it uploads.
const uploads = /^(deploy|versions upload)$/

if (uploads.test(process.env.WRANGLER_COMMAND ?? '') && process.env.DRY_RUN !== 'true') {
  // A local start waits for this program, and is not judged.
  const { uploadFaults } = await import('./upload.ts')
  const faults = uploadFaults(join(import.meta.dirname, '..', 'wrangler.toml'))
  for (const fault of faults) console.error(`wrangler.toml: ${fault}`)
  if (faults.length > 0) process.exit(1)
}
