import { getTableName, sql } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { perform } from '#db/builder'
import { kind } from '#db/kind'
import { analysed, holdings } from '#db/personal'
import { noAnswer, useCase } from '#db/use-case'
import { call } from '../generated/call.ts'

const casing = new CasingCache('snake_case')

/** The columns of each table, as the database calls them. */
function columnsByTable(): Record<string, string[]> {
  const names: Readonly<Record<string, readonly string[]>> = analysed
  return Object.fromEntries(
    holdings.flatMap(({ name, table, columns }) => {
      const chosen = Object.entries(columns).filter(([column]) => names[name]?.includes(column))
      return chosen.length === 0
        ? []
        : [[getTableName(table), chosen.map(([, column]) => casing.getColumnCasing(column))]]
    }),
  )
}

/** Reads anew what the planner keeps of the columns with personal data that it needs. */
export const forgetStatistics = useCase('forget_statistics_of_people', {}, () => [
  perform(
    call.forgetStatistics({
      columns: kind.jsonb<Record<string, string[]>>()(
        sql.raw(`'${JSON.stringify(columnsByTable())}'::jsonb`),
      ),
    }),
  ),
  noAnswer,
])
