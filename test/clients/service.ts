import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
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
  const { url, token, output, stop } = await startCheckout(join(import.meta.dirname, '../..'))
  project.provide('url', url)
  project.provide('token', token)
  project.provide('output', output)
  return stop
}
