import { isDeepStrictEqual } from 'node:util'
import {
  extraSqlFilesToMigrate,
  extraSqlStatement,
  migrationText,
  readExtraSqlFiles,
} from './extra-sql.ts'
import {
  fourDigitNumber,
  journalFile,
  journalWithEntry,
  jsonFileText,
  readJournal,
  readMigrations,
  readSnapshot,
  snapshotFile,
} from './folder.ts'
import { type Snapshot, statementsBetween, takeSnapshot } from './schema-snapshot.ts'

type Next = { readonly name: string; readonly when: number; readonly id: string }

/** Whether the migrations of the folder make another schema than the files say. It asks nobody anything. */
export async function isMigrationMissing(folder: string): Promise<boolean> {
  const { before, after, parts } = await compare(folder)
  return parts.length > 0 || !isSame(before, after)
}

/** The files of one more migration, after those of the folder; none when the schema is what they make. */
export async function nextMigration(
  folder: string,
  { name, when, id }: Next,
): Promise<Record<string, string>> {
  const { idx, before, after, parts } = await compare(folder, id)
  const tables = isSame(before, after) ? [] : await statementsBetween(before, after)
  const statements = [...tables, ...parts.map(extraSqlStatement)]
  if (statements.length === 0) return {}
  const tag = `${fourDigitNumber(idx)}_${name}`
  return {
    [`${tag}.sql`]: migrationText(statements),
    [journalFile]: jsonFileText(journalWithEntry(readJournal(folder), { tag, when })),
    [snapshotFile(idx)]: jsonFileText(after),
  }
}

async function compare(folder: string, id = '') {
  const migrations = readMigrations(folder)
  const before = readSnapshot(folder, migrations.length - 1)
  const after = await takeSnapshot({ id, prevId: before.id })
  const parts = extraSqlFilesToMigrate(
    readExtraSqlFiles(),
    migrations.map(({ text }) => text),
  )
  return { idx: migrations.length, before, after, parts }
}

/** As JSON holds them: a property that is undefined is none. */
function isSame(before: Snapshot, after: Snapshot): boolean {
  const tables = ({ id: _, prevId: __, ...rest }: Snapshot): unknown =>
    JSON.parse(JSON.stringify(rest))
  return isDeepStrictEqual(tables(before), tables(after))
}
