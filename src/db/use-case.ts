import {
  type GetColumnData,
  Placeholder,
  SQL,
  type SQLWrapper,
  StringChunk,
  sql,
} from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { pgTypeOf, type SqlType } from './sql-type.ts'

/** A parameter that is the id of a job. When the use case writes that job, its message is sent after the commit. */
type JobParam = SqlType<string> & {
  readonly job: string
  /** Whether the job is the first of several, whose ids count from it. */
  readonly many: boolean
}

type Spec = PgColumn | SqlType<unknown> | JobParam
export type Params = Readonly<Record<string, Spec>>

/** The arguments of a use case. */
export type ValuesOf<P extends Params> = {
  readonly [K in keyof P]: P[K] extends PgColumn
    ? GetColumnData<P[K]>
    : P[K] extends SqlType<infer T>
      ? T
      : never
}

/** The last statement of a use case: its rows are the answer, and have the type that the builder infers. */
type Answer = SQLWrapper & {
  readonly _: { readonly result: readonly unknown[]; readonly selectedFields?: object | undefined }
}

type Settings = Readonly<Record<string, string>>

export type UseCase<P extends Params = Params, R = unknown> = {
  readonly name: string
  readonly params: P
  /** Settings of the planner, for the function. */
  readonly settings: Settings
  readonly statements: () => readonly SQLWrapper[]
  /** Whether its only statement is sent as it is, without a function. */
  readonly isDirect: boolean
  /** Never set: it only carries the type. */
  readonly row?: R
}

export type RowOf<U> = U extends { readonly row?: infer R } ? NonNullable<R> : never
export type ParamsOf<U> = U extends { readonly params: infer P extends Params }
  ? ValuesOf<P>
  : never

/**
 * A list of typed statements of Drizzle's builder, which run in order in one commit. A parameter has the type of the value that it
 * stands for, so the builder checks it. The statements communicate through tables only, so they mean the same as a list and as the
 * body of a function. The last statement is the answer.
 *
 * Only a builder call may read a parameter, because it has no value while the list is built.
 */
export function useCase<P extends Params, A extends Answer>(
  name: string,
  params: P,
  list: (p: ValuesOf<P>) => readonly [...SQLWrapper[], A],
  settings: Settings = {},
): UseCase<P, A['_']['result'][number]> {
  let written: readonly SQLWrapper[] | undefined
  const standIns = Object.entries(params).map(
    ([key, spec]) => [key, new Parameter(key, typeOfParam(spec))] as const,
  )
  return {
    name,
    params,
    settings,
    isDirect: false,
    statements() {
      // The stand-ins render as placeholders; for the builder's types they are the values.
      written ??= list(Object.fromEntries(standIns) as unknown as ValuesOf<P>)
      return written
    },
  }
}

/**
 * A use case of one statement that only calls a function written by hand. It is sent as it is, for a function around a function would
 * cost more.
 */
export const directUseCase = <P extends Params, A extends Answer>(
  name: string,
  params: P,
  statement: (p: ValuesOf<P>) => A,
): UseCase<P, A['_']['result'][number]> => ({
  ...useCase(name, params, (p) => [statement(p)]),
  isDirect: true,
})

export const typeOfParam = (spec: Spec): string => ('pgType' in spec ? spec.pgType : pgTypeOf(spec))

/** Stands for a value of the call. Reading it while the list is built is a mistake, and throws. */
class Parameter extends SQL {
  constructor(name: string, pgType: string) {
    super([new Placeholder(name), new StringChunk(`::${pgType}`)])
  }
  [Symbol.toPrimitive](): never {
    throw new TypeError('a parameter has no value yet')
  }
}

type NoAnswer = SQLWrapper & {
  readonly _: { readonly result: readonly never[]; readonly selectedFields: undefined }
}

/** A last statement without an answer. */
const unanswered = (statement: SQL): NoAnswer =>
  Object.assign(statement, { _: { result: [], selectedFields: undefined } as const })

/** The answer of a use case that has none. */
export const noAnswer: NoAnswer = unanswered(sql`select`)

type IsAny<T> = 0 extends 1 & T ? true : false
type IsLost<T> = IsAny<T> extends true ? true : [T] extends [never] ? true : false
/** The columns of a row and of its parts whose type was lost. */
type LostIn<R> = {
  [K in keyof R]: IsLost<R[K]> extends true
    ? K
    : LostInPart<NonNullable<R[K]>> extends true
      ? K
      : never
}[keyof R]
type LostInPart<P> = P extends string | number | boolean | readonly unknown[]
  ? false
  : [keyof P] extends [never]
    ? false
    : true extends { [K in keyof P]: IsLost<P[K]> }[keyof P]
      ? true
      : false

/** Whether no column of a row has become `never` or `any`, which would silently fit everywhere. */
export type IsSound<U extends { readonly row?: unknown }> =
  IsLost<NonNullable<U['row']>> extends true
    ? false
    : [LostIn<NonNullable<U['row']>>] extends [never]
      ? true
      : false

/** A type that must be true: `false` does not compile. */
export type Must<T extends true> = T

/** A parameter that is the id of a new job. @param job its kind: the performer that will do it. */
export const newJobParameter = (job: string): JobParam => jobParam(job, false)
/** `newJobParameter` for the first of several jobs, whose ids count from it. */
export const newJobsParameter = (job: string): JobParam => jobParam(job, true)

const jobParam = (job: string, many: boolean): JobParam =>
  Object.assign((expression: SQL) => jobKind(expression), { pgType: 'text', job, many })

function jobKind(_: SQL): never {
  throw new TypeError('a job id is a parameter, not an expression')
}
