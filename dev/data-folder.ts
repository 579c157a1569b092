import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What a start keeps in the data folder; `--fresh` removes these and nothing else there. */
const kept = ['postgres', 'postgres.new', 'wrangler', 'env']

/** Makes the folder if there is none. Refuses in a sentence one that this user cannot use, or in which another one has left something. */
export function openFolder(path: string): string {
  const folder = resolve(path)
  orRefuse(`DATA_DIR ${folder} cannot be created`, () => makeFolder(folder))
  orRefuse(`DATA_DIR ${folder} cannot be used`, () => {
    for (const place of [folder, ...present(folder)]) accessSync(place, rightsFor(place))
    // Some file systems grant the right to write, and then take nothing.
    rmdirSync(mkdtempSync(join(folder, 'probe-')))
  })
  return folder
}

/** Makes a folder and those above it. Node's own way (`recursive`) never ends where a file system says that a parent is not there, as /proc does. */
export function makeFolder(folder: string): void {
  if (!existsSync(folder)) {
    makeFolder(dirname(folder))
    makeOne(folder)
  }
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`)
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another start may have made it just now.
    if (!existsSync(folder)) throw error
  }
}

/** Forgets what was kept. */
export const clearFolder = (folder: string): void =>
  orRefuse(`DATA_DIR ${folder} cannot be emptied`, () => {
    for (const place of present(folder)) rmSync(place, { recursive: true, force: true })
  })

const present = (folder: string): string[] =>
  kept.map((name) => join(folder, name)).filter((place) => existsSync(place))

const { R_OK, W_OK, X_OK } = constants
const rightsFor = (place: string) => R_OK | W_OK | (statSync(place).isDirectory() ? X_OK : 0)

function orRefuse(what: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new Error(`${what}: ${causeOf(error)}; choose another folder`)
  }
}

/** `EACCES: permission denied, access '/data/env'` → `permission denied, access '/data/env'`. */
const causeOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^[A-Z]+(: |, )/, '')
