import {
  type GetColumnData,
  Placeholder,
  SQL,
  type SQLWrapper,
  StringChunk,
  sql,
} from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type Kind, pgTypeOf } from './kind.ts'

/** A parameter that is the id of a job. When the use case writes that job, its message is sent after the commit. */
type JobParam = Kind<string> & {
  readonly job: string
  /** The job is the first of several, whose ids count on from it. */
  readonly many: boolean
}

type Spec = PgColumn | Kind<unknown> | JobParam
export type Params = Readonly<Record<string, Spec>>

/** What a use case is called with. */
export type ValuesOf<P extends Params> = {
  readonly [K in keyof P]: P[K] extends PgColumn
    ? GetColumnData<P[K]>
    : P[K] extends Kind<infer T>
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
  /** Its only statement is sent as it is. */
  readonly isDirect: boolean
  /** Never there: it carries the type. */
  readonly row?: R
}

export type RowOf<U> = U extends { readonly row?: infer R } ? NonNullable<R> : never
export type ParamsOf<U> = U extends { readonly params: infer P extends Params }
  ? ValuesOf<P>
  : never

/**
 * What happens, in order, in one commit: typed statements of Drizzle's builder. A parameter has the type of the value that it stands
 * for, so the builder checks it. The statements communicate through tables only, so they mean the same as a list that is sent and as
 * the body of a function. The last statement is the answer.
 *
 * Nothing but a builder call may read a parameter: it has no value while the list is written.
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
      // The stand-ins render as placeholders; to the builder's types they are the values.
      written ??= list(Object.fromEntries(standIns) as unknown as ValuesOf<P>)
      return written
    },
  }
}

/**
 * The same for one statement that calls a function written by hand, and does nothing else: it is sent as it is, for a function around
 * a function would cost more.
 */
export const directCall = <P extends Params, A extends Answer>(
  name: string,
  params: P,
  statement: (p: ValuesOf<P>) => A,
): UseCase<P, A['_']['result'][number]> => ({
  ...useCase(name, params, (p) => [statement(p)]),
  isDirect: true,
})

export const typeOfParam = (spec: Spec): string => ('pgType' in spec ? spec.pgType : pgTypeOf(spec))

/** Stands for a value of the call. To read it while the list is written is a mistake, and throws. */
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

/** A statement as the last one, whose rows nobody wants. */
const unanswered = (statement: SQL): NoAnswer =>
  Object.assign(statement, { _: { result: [], selectedFields: undefined } as const })

/** The answer of a use case that has none. */
export const noAnswer: NoAnswer = unanswered(sql`select`)

type IsAny<T> = 0 extends 1 & T ? true : false
type IsLost<T> = IsAny<T> extends true ? true : [T] extends [never] ? true : false
/** Of the columns of a row, and of the columns of its parts. */
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

/** Whether the builder's types have lost none of a row: one that became `never` or `any` would fit everywhere, silently. */
export type IsSound<U extends { readonly row?: unknown }> =
  IsLost<NonNullable<U['row']>> extends true
    ? false
    : [LostIn<NonNullable<U['row']>>] extends [never]
      ? true
      : false

/** A type that must hold: `false` does not compile. */
export type Must<T extends true> = T

/** A parameter that is the id of a new job. @param job its kind: the performer that will do it. */
export const newJob = (job: string): JobParam => jobParam(job, false)
/** The same for the first of several jobs, whose ids count on from it. */
export const newJobs = (job: string): JobParam => jobParam(job, true)

const jobParam = (job: string, many: boolean): JobParam =>
  Object.assign((expression: SQL) => jobKind(expression), { pgType: 'text', job, many })

function jobKind(_: SQL): never {
  throw new TypeError('a job id is a parameter, not an expression')
}
