import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.ts'

/** Whether a version of the service is out, and with it a database that a migration must not leave behind. */
export function isServiceReleased(): boolean {
  const file = join(root, 'CHANGELOG.md')
  return existsSync(file) && hasVersionHeading(readFileSync(file, 'utf8'))
}

export const hasVersionHeading = (changelog: string): boolean => /^## \[?v?\d+\./m.test(changelog)
