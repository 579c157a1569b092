import { is, SQL } from 'drizzle-orm'
import { PgColumn } from 'drizzle-orm/pg-core'

/**
 * The type of a value: `T` in TypeScript, `pgType` in PostgreSQL. It types a parameter of a use case. Called with an expression, it
 * types that expression, which Drizzle cannot infer; a column has its own type.
 */
export type SqlType<T> = {
  (expression: SQL): Expression<T>
  readonly pgType: string
  /** Never set: it only carries the type. */
  readonly of?: T
}

/** An expression with its type in PostgreSQL. */
export class Expression<T> extends SQL<T> {
  readonly pgType: string
  constructor(expression: SQL, pgType: string) {
    super(expression.queryChunks)
    this.pgType = pgType
  }
}

const kindOf = <T>(pgType: string): SqlType<T> =>
  Object.assign((expression: SQL) => new Expression<T>(expression, pgType), { pgType })

/**
 * A column with the ids of jobs that a hand-written function has written. Their messages are sent after the commit.
 * @see newJobParameter for a use case that has the ids.
 */
export class WrittenJobs extends Expression<readonly string[] | null> {
  readonly job: string
  constructor(ids: SQL, job: string) {
    super(ids, 'text[]')
    this.job = job
  }
}

/** An RFC 3339 moment in UTC with milliseconds, as the API writes moments: `2024-06-01T08:00:00.000Z`. */
export type Moment = string

/** Versions of a resource, as ranges: `{[3,3],[7,)}`. */
export type Versions = `{${string}}`

export const sqlType = {
  text: kindOf<string>('text'),
  /** A text with a closed set of values. */
  textOf: <T extends string>() => kindOf<T>('text'),
  int: kindOf<number>('int'),
  /** A whole number up to 2^53 in TypeScript. */
  bigint: kindOf<number>('bigint'),
  flag: kindOf<boolean>('boolean'),
  versions: kindOf<Versions>('int8multirange'),
  texts: kindOf<readonly string[]>('text[]'),
  moment: kindOf<Moment>('timestamptz'),
  json: <T>() => kindOf<T>('json'),
  jsonb: <T>() => kindOf<T>('jsonb'),
  /** A kind whose value may be missing. */
  orNull: <T>({ pgType }: SqlType<T>): SqlType<T | null> => kindOf<T | null>(pgType),
}

/** The type in PostgreSQL of a column or of a typed expression, without a collation. Throws for any other expression. */
export function pgTypeOf(field: unknown): string {
  if (is(field, PgColumn)) return field.getSQLType().replace(/ collate .*/, '')
  if (field instanceof Expression) return field.pgType
  throw new TypeError('an expression says its kind: kind.text(sql`…`), kind.int(sql`…`), …')
}

export const isMomentType = (pgType: string): boolean => pgType.startsWith('timestamp')
export const isJsonType = (pgType: string): boolean => pgType === 'json' || pgType === 'jsonb'
