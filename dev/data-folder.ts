import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What a start keeps in the data folder; `--fresh` removes these and nothing else there. */
const kept = ['postgres', 'postgres.new', 'wrangler', 'env']

/** Makes the folder if there is none. Refuses in a sentence one that this user cannot use, or in which another one has left something. */
export function openFolder(path: string): string {
  const folder = resolve(path)
  orRefuse(folder, () => {
    mkdirSync(folder, { recursive: true })
    for (const place of [folder, ...present(folder)]) accessSync(place, rightsFor(place))
  })
  return folder
}

/** Forgets what was kept. */
export const clearFolder = (folder: string): void =>
  orRefuse(folder, () => {
    for (const place of present(folder)) rmSync(place, { recursive: true, force: true })
  })

const present = (folder: string): string[] =>
  kept.map((name) => join(folder, name)).filter((place) => existsSync(place))

const { R_OK, W_OK, X_OK } = constants
const rightsFor = (place: string) => R_OK | W_OK | (statSync(place).isDirectory() ? X_OK : 0)

function orRefuse(folder: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be used (${causeOf(error)}): choose another one with DATA_DIR`,
    )
  }
}

/** `EACCES: permission denied, access '/data/env'` → `permission denied, access '/data/env'`. */
const causeOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^[A-Z]+(: |, )/, '')
