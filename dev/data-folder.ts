import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Lies in a folder that is for this alone. */
const MARK = '.customer-service'

/** What a start keeps in the data folder; `--fresh` removes these and nothing else there. */
const kept = ['postgres', 'postgres.new', 'wrangler', 'env']

/** What a system or an editor puts into an empty folder. */
const ofNobody = /^(?:lost\+found|\.DS_Store|\.gitkeep|\.gitignore)$/

/** Refuses a folder that has files of somebody else, among which those of a start would lie and be removed. */
function refuseForeign(folder: string): void {
  const [other] = orRefuse(`DATA_DIR ${folder} cannot be used`, () =>
    isOwn(folder) ? [] : readdirSync(folder).filter((name) => !ofNobody.test(name)),
  )
  if (other === undefined) return
  throw new Error(
    `DATA_DIR ${folder} has files that npm start did not create, such as ${other}; choose another folder`,
  )
}

/** Folders of earlier versions have no mark, but a database or the secrets of a start. */
const isOwn = (folder: string): boolean =>
  existsSync(join(folder, MARK)) ||
  existsSync(join(folder, 'postgres', 'PG_VERSION')) ||
  statSync(join(folder, 'env'), { throwIfNoEntry: false })?.isFile() === true

/** Makes the folder if there is none. Refuses in a sentence one that this user cannot use, or in which another one has left something. */
export function openFolder(path: string): string {
  const folder = resolve(path)
  orRefuse(`DATA_DIR ${folder} cannot be created`, () => makeFolderWithParents(folder))
  orRefuse(`DATA_DIR ${folder} cannot be used`, () => {
    for (const place of [folder, ...present(folder)]) accessSync(place, rightsFor(place))
    // Some file systems grant the right to write, and then take nothing.
    rmdirSync(mkdtempSync(join(folder, 'probe-')))
  })
  refuseForeign(folder)
  orRefuse(`DATA_DIR ${folder} cannot be used`, () => {
    if (!existsSync(join(folder, MARK))) writeFileSync(join(folder, MARK), '')
  })
  return folder
}

/** Makes a folder and those above it. Node's own way (`recursive`) never ends where a file system says that a parent is not there, as /proc does. */
export function makeFolderWithParents(folder: string): void {
  if (!existsSync(folder)) {
    makeFolderWithParents(dirname(folder))
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

function orRefuse<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${what}: ${causeOf(error)}; choose another folder`)
  }
}

/** `EACCES: permission denied, access '/data/env'` → `permission denied, access '/data/env'`. */
const causeOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^[A-Z]+(: |, )/, '')
