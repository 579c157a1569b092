import { DatabaseAway } from '#db/database-error'
import type { Statement } from '#db/statement'
import type { AnswerCall, Kept, UseCaseCall } from '#db/use-case-call'
import type { Context } from './context.ts'
import {
  findStoredAnswerOrRethrow,
  findStoredRows,
  storingAnswer,
  takeKeyStatements,
} from './idempotency.ts'
import {
  type ResultsOf,
  type Runner,
  runStatements,
  type Statements,
  type TransactionOptions,
} from './run-statements.ts'

type EffectOf<S> = S extends Statement<unknown, infer E> ? E : never

/** Statements that write must append an event: no change without its event. */
type WithEvent<S extends Statements> =
  'write' extends EffectOf<S[keyof S]>
    ? 'event' extends EffectOf<S[keyof S]>
      ? unknown
      : { readonly event: UseCaseCall<unknown, 'event'> }
    : unknown

/** The rows of each statement. A replayed request has only the answer, so the other rows may be missing. */
type Results<S extends Statements> = S extends { answer: AnswerCall<infer R, infer _> }
  ? { readonly answer: readonly R[] } & Partial<ResultsOf<Omit<S, 'answer'>>>
  : ResultsOf<S>

/**
 * Runs the statements in order, as one transaction, in one round trip. If a statement refuses, it refuses with that code, and nothing
 * has happened. A request repeated under its idempotency key gets the stored answer (a second round trip).
 */
export const commit = <const S extends Statements>(
  ctx: Context,
  statements: S & WithEvent<S>,
): Promise<Results<S>> => commitOrReplay<S>(ctx, statements)

/** `commit` for a change that has no event, because it changes no customer. It uses the idempotency key as well. */
export const commitWithoutEvent = <const S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<Results<S>> => commitOrReplay<S>(ctx, statements)

async function commitOrReplay<S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<Results<S>> {
  try {
    return (await runStatements(ctx, storingAnswer(ctx, statements), {
      head: takeKeyStatements(ctx),
    })) as Results<S>
  } catch (error) {
    return { answer: await findStoredRows(ctx, error, statements) } as Results<S>
  }
}

/**
 * Reads before a commit that depends on the result. If the request was already answered under its key, returns the stored answer, even if the request would be refused now.
 */
export const readUnlessAnswered = <const S extends Reads>(ctx: Context, statements: S) =>
  commitUnlessAnswered(ctx, statements)

/** `readUnlessAnswered` for statements that write before the commit, such as a job for work elsewhere. */
export async function commitUnlessAnswered<const S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<{ readonly kept: Kept } | { readonly found: ResultsOf<S> }> {
  try {
    return { found: await runStatements(ctx, statements, { head: takeKeyStatements(ctx) }) }
  } catch (error) {
    return { kept: await findStoredAnswerOrRethrow(ctx, error) }
  }
}

/** Commits without an idempotency key, and requires no event: for changes of jobs, sessions, mails and the like. */
export const commitWithoutKey = <const S extends Statements>(
  ctx: Runner,
  statements: S,
  { timeout }: Pick<TransactionOptions, 'timeout'> = {},
): Promise<ResultsOf<S>> => runStatements(ctx, statements, timeout === undefined ? {} : { timeout })

type Reads = Readonly<Record<string, Statement<unknown, 'read'>>>

/** Reads in one round trip; statements that write do not fit its type. */
export const read = <const S extends Reads>(ctx: Runner, statements: S): Promise<ResultsOf<S>> =>
  readTwice(ctx, statements, { readOnly: true })

/** `read` for a page of a list. Refuses `narrow_the_query` when it takes too long or is too large. */
export const readWithinPageLimits = <const S extends Reads>(
  ctx: Runner,
  statements: S,
): Promise<ResultsOf<S>> => readTwice(ctx, statements, { readOnly: true, isPage: true })

/** A read changes nothing, so it is tried once more if the database does not answer. */
async function readTwice<const S extends Reads>(
  ctx: Runner,
  statements: S,
  reading: TransactionOptions,
): Promise<ResultsOf<S>> {
  try {
    return await runStatements(ctx, statements, reading)
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error
    return runStatements(ctx, statements, reading)
  }
}
