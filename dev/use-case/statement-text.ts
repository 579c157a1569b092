import { type Placeholder, type SQLWrapper, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'

/** Drizzle's own writing. Constants stand in the text; a parameter is written as the caller says. */
class Writer extends PgDialect {
  constructor(param: (name: string) => string) {
    super({ casing: 'snake_case' })
    // Drizzle hands the placeholder over as a second argument, which its type leaves out.
    const asParameter = (_: number, placeholder?: unknown) =>
      param(String((placeholder as Placeholder).name))
    this.escapeParam = asParameter
  }
}

/** A statement as text. */
export const statementText = (statement: SQLWrapper, param: (name: string) => string): string =>
  new Writer(param).sqlToQuery(sql`${statement.getSQL()}`.inlineParams()).sql
