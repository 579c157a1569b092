import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Lists, listsPath } from '../../src/db/lists.ts'

const file = join(import.meta.dirname, '..', '..', 'src', 'assets', listsPath)

let lists: Promise<Lists> | undefined

/** What the Worker reads from its assets; the same object for a whole process. */
export function readLists(): Promise<Lists> {
  lists ??= readFile(file, 'utf8').then((text) => JSON.parse(text))
  return lists
}
