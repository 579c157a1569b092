import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const EVERY_MS = 1000

/**
 * Says once for each change that the settings are no longer those of the start. wrangler reads new variables by itself, but the secrets that
 * belong to them are made at the start. Returns the stop.
 */
export function warnOfChangedSettings(
  configFile: string,
  print: (line: string) => void,
): () => void {
  const files = [configFile, join(dirname(configFile), '.dev.vars')]
  const known = files.map(textOf)
  const look = () => {
    for (const [n, file] of files.entries()) {
      const text = textOf(file)
      if (text !== known[n])
        print(`${basename(file)} has changed: end npm start and start it again`)
      known[n] = text
    }
  }
  const timer = setInterval(look, EVERY_MS).unref()
  return () => clearInterval(timer)
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
