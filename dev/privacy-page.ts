import { readFile } from 'node:fs/promises'
import { retentionPeriods } from '../src/core/privacy/retention.ts'
import { type Holding, personalDataByTable } from '../src/db/personal/index.ts'
import { fillGeneratedParts, markdownTable } from './fill-generated-parts.ts'

export const privacyFile = 'docs/privacy.md'

const erasures = {
  delete: 'deleted',
  empty: 'emptied',
  follow: 'deleted with its source',
  keep: 'stays: it names no person',
} as const

/** A table of the database as rows of a record of processing. */
const rowOf = (
  name: string,
  { why, basis, columns, kept, exported, erased }: Holding,
): string[] => {
  const { days, until, task } = retentionPeriods[kept]
  const period =
    days === null
      ? until
      : `${setting(days)} ${until.replace('Days', days === 1 ? 'day' : 'days')}${task ? ` (\`${task}\`)` : ''}`
  const section = exported === null ? '' : `\`${exported}\``
  return [`\`${name}\``, why, basis, dataOf(columns), period, section, erasures[erased]]
}

const setting = (days: string | number): string =>
  typeof days === 'number' ? `${days}` : `\`${days}\``

/** The words of a table, each with its columns. */
function dataOf(columns: Holding['columns']): string {
  const named = Object.entries(columns).filter(([, word]) => word !== 'none')
  const byWord = Map.groupBy(named, ([, word]) => word)
  return [...byWord]
    .map(([word, list]) => `${word}: ${list.map(([column]) => `\`${column}\``).join(', ')}`)
    .join('; ')
}

const holdsNobody = ({ owner, columns }: Holding): boolean =>
  owner.by === 'nobody' && Object.values(columns).every((word) => word === 'none')

/** The document with its tables: the record of processing, and the periods. */
export async function privacyText(): Promise<string> {
  const all = Object.entries(personalDataByTable).map(
    ([name, one]) => [name, one as Holding] as const,
  )
  const about = all.filter(([, one]) => !holdsNobody(one))
  const head = ['table', 'purpose', 'legal basis', 'data', 'kept for', 'in the export', 'erasure']
  const record = markdownTable(
    head,
    about.map((one) => rowOf(...one)),
  )
  const others = all.filter(([, one]) => holdsNobody(one)).map(([name]) => `\`${name}\``)
  const periods = Object.values(retentionPeriods).map(({ what, days, until, task }) => [
    what,
    days === null ? '' : setting(days),
    until,
    task === null ? '' : `\`${task}\``,
  ])
  return fillGeneratedParts(await readFile(privacyFile, 'utf8'), {
    record: `${record}\n\nTables that hold nothing about people: ${others.join(', ')}.`,
    periods: markdownTable(['what', 'days', 'counted from, or until', 'task'], periods),
  })
}
