import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Whether every account may walk to the folder: a home or a temporary folder often is closed. */
export function isFolderOpenToAll(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o001) !== 0
  const parent = dirname(folder)
  return isOpen && (parent === folder || isFolderOpenToAll(parent))
}

/**
 * A copy of the folder in the system's temporary folder, made once for each name. PostgreSQL asks
 * with access(2) whether it may run its own programs, and that ignores every right an account is lent.
 */
export function copyFolderForAll(folder: string, name: string): string {
  const place = join(tmpdir(), name)
  if (isWhole(place, folder)) return place
  const draft = mkdtempSync(`${place}-`)
  try {
    chmodSync(draft, 0o755)
    cpSync(folder, draft, { recursive: true, verbatimSymlinks: true })
    rmSync(place, { recursive: true, force: true })
    renameSync(draft, place)
  } catch (error) {
    // Another start may have been faster; anything else in that place is not to be run.
    if (!isWhole(place, folder)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return place
}

/** Ours, since others can write there too, and not thinned out when somebody tidies up. */
function isWhole(place: string, original: string): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false })
  if (!found?.isDirectory() || found.uid !== process.getuid?.()) return false
  return countEntries(place) === countEntries(original)
}

const countEntries = (folder: string): number => readdirSync(folder, { recursive: true }).length
