import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from './run.ts'

/** A folder of generated files: what else stands in it is a leftover, apart from what is kept by hand. */
export type GeneratedFolder = {
  readonly folder: string
  readonly files: Readonly<Record<string, string>>
  readonly byHand?: readonly string[]
}

/** The files that are missing, changed or left over. */
export async function findStaleFiles({
  folder,
  files,
  byHand = [],
}: GeneratedFolder): Promise<string[]> {
  const path = join(root, folder)
  const there = existsSync(path)
    ? await readdir(path, { recursive: true, withFileTypes: true })
    : []
  const names = there
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .filter((name) => !byHand.some((hand) => name === hand || name.startsWith(`${hand}/`)))
  const leftover = names.filter((name) => files[name] === undefined)
  const changed: string[] = []
  for (const [name, text] of Object.entries(files)) {
    if (!names.includes(name) || (await readFile(join(path, name), 'utf8')) !== text)
      changed.push(name)
  }
  return [...changed, ...leftover].map((name) => `${folder}/${name}`)
}

/** Writes what is stale and leaves the rest alone. */
export async function writeGeneratedFolder(tree: GeneratedFolder): Promise<void> {
  for (const file of await findStaleFiles(tree)) {
    const text = tree.files[file.slice(tree.folder.length + 1)]
    const path = join(root, file)
    if (text === undefined) await rm(path)
    else {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }
  }
}
