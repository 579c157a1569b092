import { getTableName } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { analysedColumns, holdings } from '../src/db/personal/index.ts'

export const statisticsFile = 'src/db/schema/generated/statistics.sql'

const casing = new CasingCache('snake_case')

/** The columns with personal data for which PostgreSQL keeps no values: no plan needs them. */
export function statisticsText(): string {
  const kept: Readonly<Record<string, readonly string[]>> = analysedColumns
  const lines = holdings.flatMap(({ name, holding, table, columns }) => {
    const words: Readonly<Record<string, string>> = holding.columns
    const silent = Object.entries(columns).filter(
      ([column]) => words[column] !== 'none' && !kept[name]?.includes(column),
    )
    if (silent.length === 0) return []
    const changes = silent.map(
      ([, column]) => `  alter column ${casing.getColumnCasing(column)} set statistics 0`,
    )
    return [`alter table "${getTableName(table)}"\n${changes.join(',\n')};`]
  })
  return `-- Written by npm run generate from src/db/personal. PostgreSQL keeps values of columns for its planner, also of rows that are gone, and of
-- tables that are empty. No plan needs those of these columns.

${lines.sort().join('\n')}
`
}
