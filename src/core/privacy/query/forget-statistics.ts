import { getTableName, sql } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { analysedColumns, holdings } from '#db/personal'
import { sqlType } from '#db/sql-type'
import { evaluateForEffect } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { call } from '../generated/call.ts'

const casing = new CasingCache('snake_case')

/** The columns of each table, as the database calls them. */
function columnsByTable(): Record<string, string[]> {
  const names: Readonly<Record<string, readonly string[]>> = analysedColumns
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
  evaluateForEffect(
    call.forgetStatistics({
      columns: sqlType.jsonb<Record<string, string[]>>()(
        sql.raw(`'${JSON.stringify(columnsByTable())}'::jsonb`),
      ),
    }),
  ),
  noAnswer,
])
