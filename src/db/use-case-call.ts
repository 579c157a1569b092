import { CompiledUseCase, type Made, type Param } from './compiled-use-case.ts'
import { type Effect, type JobMessage, type Row, type Sent, Statement } from './statement.ts'
import type { ParamsOf, RowOf, UseCase } from './use-case.ts'

/** The call of a use case: rows of the type that its statements have. */
export class UseCaseCall<R, E extends Effect> extends Statement<readonly R[], E> {
  readonly compiled: CompiledUseCase<R>
  /** The values of the parameters, in their order. */
  readonly bound: readonly unknown[]

  constructor(
    compiled: CompiledUseCase<R>,
    bound: readonly unknown[],
    options: Partial<Sending> = {},
  ) {
    const { sent = { text: compiled.statement, values: bound }, madeOf = madeBy } = options
    super(
      sent,
      // The builder inferred the row's type from the statements of the use case.
      (rows) => compiled.read(rowsOf(madeOf(rows))),
      (rows) => jobsOf(compiled, bound, madeOf(rows)),
    )
    this.compiled = compiled
    this.bound = bound
  }

  /** The functions that it calls. */
  get called(): readonly CompiledUseCase[] {
    return [this.compiled]
  }

  /** The rows of a kept answer, which another release may have written. */
  readKept({ fields, made }: Kept): readonly R[] {
    return this.compiled.readFrom(fields, rowsOf(made))
  }

  /** This call as the answer of its commit: kept under the request's idempotency key. @param subjectId the customer or the merge in the answer. */
  asAnswer(subjectId: string | null): AnswerCall<R, E> {
    return new AnswerCall(this, subjectId)
  }
}

/** The call whose rows answer the request. */
export class AnswerCall<R, E extends Effect> extends UseCaseCall<R, E> {
  readonly subjectId: string | null
  constructor({ compiled, bound }: UseCaseCall<R, E>, subjectId: string | null) {
    super(compiled, bound)
    this.subjectId = subjectId
  }
}

type Sending = { readonly sent: Sent; readonly madeOf: (rows: readonly Row[]) => Made }

/** A call whose answer is kept under an idempotency key, in the same statement. */
export class KeptCall<R, E extends Effect> extends UseCaseCall<R, E> {
  readonly keep: CompiledUseCase
  readonly keepBound: readonly unknown[]

  /** @param keeping the call that keeps answers; its parameter `made` is the answer of the call. */
  constructor(call: UseCaseCall<R, E>, keeping: UseCaseCall<unknown, Effect>) {
    const { compiled, bound } = call
    const { compiled: keep, bound: keepBound } = keeping
    const made = keep.params.findIndex(({ name }) => name === 'made')
    const places = keep.params.map((_, i) => `$${bound.length + (i > made ? i : i + 1)}`)
    const args = places.with(made, compiled.expression)
    super(compiled, bound, {
      sent: {
        text: `select ${keep.name}(${args.join(', ')}) as made`,
        values: [...bound, ...keepBound.toSpliced(made, 1)],
      },
      madeOf: (rows) => keptOf(madeBy(rows)).made,
    })
    this.keep = keep
    this.keepBound = keepBound
  }

  override get called(): readonly CompiledUseCase[] {
    return [this.keep, this.compiled]
  }
}

/** An answer as it is kept: with the names of its columns. */
export type Kept = { readonly fields: readonly string[]; readonly made: Made }

/** The answer in the only row of the use case that keeps answers. */
const keptOf = (made: Made): Kept => rowsOf(made)[0]?.[0] as Kept

/** The answer of a call. */
const madeBy = (rows: readonly Row[]): Made => (rows[0]?.made ?? []) as Made

const rowsOf = (made: Made): readonly (readonly unknown[])[] => ('rows' in made ? made.rows : made)
const jobIdsOf = (made: Made): readonly string[] => ('rows' in made ? made.jobs : [])

/** The messages of the jobs that were written. */
function jobsOf(compiled: CompiledUseCase, bound: readonly unknown[], made: Made): JobMessage[] {
  const { params } = compiled
  const tenant = String(bound[params.findIndex(({ name }) => name === 'tenant')])
  const named = jobIdsOf(made).map((id) => ({ id, kind: kindOf(params, bound, id) }))
  return [...named, ...jobsIn(compiled, made)].flatMap(({ id, kind }) =>
    kind === undefined ? [] : { tenant, id, kind },
  )
}

/** The kind of a job by its id: the kind of the `newJobParameter` parameter from whose id this id was counted up. */
function kindOf(params: readonly Param[], bound: readonly unknown[], id: string) {
  const at = params.findIndex(({ job }, i) => job !== undefined && isOf(id, String(bound[i])))
  return params[at]?.job
}

/** The jobs in the columns of the rows. */
const jobsIn = ({ columns }: CompiledUseCase, made: Made) =>
  columns.flatMap(({ job: kind }, i) =>
    kind === undefined
      ? []
      : rowsOf(made).flatMap((row) => ((row[i] ?? []) as string[]).map((id) => ({ id, kind }))),
  )

/** The characters in which ids of one series differ: their last twenty bits (RFC 9562, 6.2). */
const COUNTED = 4
const isOf = (id: string, first: string): boolean =>
  id.slice(0, -COUNTED) === first.slice(0, -COUNTED)

/** A use case as the Worker calls it. */
type Handle<U, E extends Effect> = {
  (values: ParamsOf<U>): UseCaseCall<RowOf<U>, E>
  /** The rows of an answer that was kept under an idempotency key. */
  readonly readKept: (kept: Kept) => readonly RowOf<U>[]
  /** The rows in the answer of a call. */
  readonly readMade: (made: unknown) => readonly RowOf<U>[]
  readonly compiled: () => CompiledUseCase<RowOf<U>>
}

/**
 * Generated from the statements of the use case.
 * @param params `name`, `name:json`, or `name:job=kind` for the id of a job that it may write.
 * @param columns `name`, `name:moment`, `part.name` for a column of a part.
 */
export function useCaseHandle<U extends UseCase, E extends Effect>(
  name: string,
  params: string,
  columns: string,
): Handle<U, E> {
  let known: CompiledUseCase<RowOf<U>> | undefined
  const compiled = () => {
    known ??= new CompiledUseCase<RowOf<U>>(name, params, columns)
    return known
  }
  return Object.assign(
    (values: ParamsOf<U>) => new UseCaseCall<RowOf<U>, E>(compiled(), compiled().bind(values)),
    {
      readKept: ({ fields, made }: Kept) => compiled().readFrom(fields, rowsOf(made)),
      readMade: (made: unknown) => compiled().read(rowsOf((made ?? []) as Made)),
      compiled,
    },
  )
}
