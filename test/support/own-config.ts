import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A file with a configuration of wrangler, which is gone after the test. */
export function ownConfig(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'customer-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'wrangler.toml')
  writeFileSync(file, text)
  return file
}
