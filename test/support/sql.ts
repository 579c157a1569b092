import { sql as expression, SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'

const dialect = new PgDialect({ casing: 'snake_case' })

/** A statement of a test, written by hand: it can be sent, and it can stand in another one. */
class Written extends SQL {
  get text(): string {
    return dialect.sqlToQuery(this).sql
  }
  get values(): readonly unknown[] {
    return dialect.sqlToQuery(this).params
  }
}

const write = (strings: TemplateStringsArray, ...values: unknown[]): Written =>
  new Written(expression(strings, ...values).queryChunks)

/** `sql` of Drizzle whose statements can be sent. */
export const sql = Object.assign(write, {
  raw: (text: string): Written => new Written(expression.raw(text).queryChunks),
  param: expression.param,
  join: expression.join,
  identifier: expression.identifier,
})
