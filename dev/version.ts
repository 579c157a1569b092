import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './run.ts'

export const versionFile = 'src/http/generated/version.ts'

/** The version of package.json, for the document that the Worker serves. The clients are built with the same. */
export async function versionFileText(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  return `// Written by dev/version.ts from package.json.\n\nexport const VERSION = '${version}'\n`
}
