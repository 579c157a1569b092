import { is, SQL } from 'drizzle-orm'
import { PgColumn } from 'drizzle-orm/pg-core'

/**
 * What a value is: `T` in TypeScript, `pgType` in PostgreSQL. It types a parameter of a use case. Called with an expression, it says
 * what that expression is, which Drizzle cannot know; a column knows by itself.
 */
export type Kind<T> = {
  (expression: SQL): Expression<T>
  readonly pgType: string
  /** Never there: it carries the type. */
  readonly of?: T
}

/** An expression that knows its type in PostgreSQL. */
export class Expression<T> extends SQL<T> {
  readonly pgType: string
  constructor(expression: SQL, pgType: string) {
    super(expression.queryChunks)
    this.pgType = pgType
  }
}

const kindOf = <T>(pgType: string): Kind<T> =>
  Object.assign((expression: SQL) => new Expression<T>(expression, pgType), { pgType })

/**
 * The ids of jobs that a function written by hand has written, as a column of the answer: their messages are sent after the commit.
 * @see newJob where the use case has the ids.
 */
export class WrittenJobs extends Expression<readonly string[] | null> {
  readonly job: string
  constructor(ids: SQL, job: string) {
    super(ids, 'text[]')
    this.job = job
  }
}

/** An RFC 3339 moment in UTC with milliseconds, as the API writes it: `2024-06-01T08:00:00.000Z`. */
export type Moment = string

export const kind = {
  text: kindOf<string>('text'),
  /** A text of which only some values occur. */
  textOf: <T extends string>() => kindOf<T>('text'),
  int: kindOf<number>('int'),
  /** A whole number of at most 2^53 in TypeScript. */
  bigint: kindOf<number>('bigint'),
  flag: kindOf<boolean>('boolean'),
  texts: kindOf<readonly string[]>('text[]'),
  moment: kindOf<Moment>('timestamptz'),
  json: <T>() => kindOf<T>('json'),
  jsonb: <T>() => kindOf<T>('jsonb'),
  /** A kind whose value may be missing. */
  orNull: <T>(it: Kind<T>): Kind<T | null> => kindOf<T | null>(it.pgType),
}

/** The type in PostgreSQL of a column or of an expression that knows it, without a collation. Throws for any other expression. */
export function pgTypeOf(field: unknown): string {
  if (is(field, PgColumn)) return field.getSQLType().replace(/ collate .*/, '')
  if (field instanceof Expression) return field.pgType
  throw new TypeError('an expression says its kind: kind.text(sql`…`), kind.int(sql`…`), …')
}

export const isMoment = (pgType: string): boolean => pgType.startsWith('timestamp')
export const isJson = (pgType: string): boolean => pgType === 'json' || pgType === 'jsonb'
