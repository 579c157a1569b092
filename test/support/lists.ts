import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Lists, listsPath } from '../../src/db/lists.ts'

const file = join(import.meta.dirname, '..', '..', 'src', 'assets', listsPath)

/** What the Worker reads from its assets. */
export const readLists = async (): Promise<Lists> => JSON.parse(await readFile(file, 'utf8'))
