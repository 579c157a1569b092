import { extraSqlStatement, migrationText, readExtraSqlFiles } from './extra-sql.ts'
import {
  fourDigitNumber,
  journalFile,
  journalWithEntry,
  jsonFileText,
  snapshotFile,
} from './folder.ts'
import { NO_SNAPSHOT_ID, statementsBetween, takeSnapshot } from './schema-snapshot.ts'

/** Fixed, so that the same schema makes the same files. */
const WHEN = Date.UTC(2026, 0, 1)
const ID = '00000000-0000-0000-0000-000000000001'
const tag = `${fourDigitNumber(0)}_tables`

/** The only migration while nothing is released: it makes the whole schema, and is made anew with each change of it. */
export async function firstMigrationTexts(): Promise<Record<string, string>> {
  const snapshot = await takeSnapshot({ id: ID, prevId: NO_SNAPSHOT_ID })
  const tables = await statementsBetween(undefined, snapshot)
  return {
    [`${tag}.sql`]: migrationText([...tables, ...readExtraSqlFiles().map(extraSqlStatement)]),
    [journalFile]: jsonFileText(journalWithEntry(undefined, { tag, when: WHEN })),
    [snapshotFile(0)]: jsonFileText(snapshot),
  }
}
