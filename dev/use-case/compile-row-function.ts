import { getTableName } from 'drizzle-orm'
import type { RowFunction } from '../../src/db/row-function.ts'
import { statementText } from './statement-text.ts'

/** The text of a function of a row. The row has the name of its table, as the columns of the expression say it. */
export function compileRowFunction({ name, table, expression }: RowFunction): string {
  const row = getTableName(table)
  const made = expression()
  const text = statementText(made, (param) => {
    throw new Error(`${name} has a parameter ${param} beside its row`)
  })
  return `create or replace function ${name}("${row}" "${row}") returns ${made.pgType}\nlanguage sql stable parallel safe\nas $row$\nselect ${text}\n$row$`
}
