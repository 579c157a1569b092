import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.ts'

/** Whether a version of the service is out, and with it a database that a migration must not leave behind. */
export function isReleased(): boolean {
  const file = join(root, 'CHANGELOG.md')
  return existsSync(file) && namesVersion(readFileSync(file, 'utf8'))
}

export const namesVersion = (changelog: string): boolean => /^## \[?v?\d+\./m.test(changelog)
