import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { shippedElsewhere } from '../support/shipped.ts'
import { startCheckout } from './running.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the service is. */
    url: string
    /** The development token that the start printed. */
    token: string
    /** The file that holds what the service has printed until now. */
    output: string
  }
}

/** One `npm start` for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-config-'))
  const config = join(folder, 'wrangler.toml')
  await writeFile(config, shippedElsewhere())
  const running = await startCheckout(join(import.meta.dirname, '../..'), 0, ['--config', config])
  const { url, token, output } = running
  project.provide('url', url)
  project.provide('token', token)
  project.provide('output', output)
  return async () => {
    await running.stop()
    await rm(folder, { recursive: true })
  }
}
