import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StatementLists, statementListsPath } from '../../src/db/statement-lists.ts'

const file = join(import.meta.dirname, '..', '..', 'src', 'assets', statementListsPath)

let lists: Promise<StatementLists> | undefined

/** What the Worker reads from its assets; the same object for a whole process. */
export function readLists(): Promise<StatementLists> {
  lists ??= readFile(file, 'utf8').then((text) => JSON.parse(text))
  return lists
}
