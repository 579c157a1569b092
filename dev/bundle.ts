import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

const run = promisify(execFile)

type Bundle = {
  /** The one module that is uploaded. */
  readonly file: string
  /** Bytes. */
  readonly gzip: number
}

/** Builds the Worker as a deployment would, into a folder, and uploads nothing. */
export async function buildBundle(folder: string): Promise<Bundle> {
  const args = ['deploy', '--dry-run', '--outdir', folder]
  await run('node_modules/.bin/wrangler', args, {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true', DRY_RUN: 'true' },
  })
  const file = join(folder, 'index.js')
  return { file, gzip: gzipSync(await readFile(file), { level: 9 }).length }
}
