import { Away } from '#db/failure'
import type { AnswerCall, Kept, UseCaseCall } from '#db/handle'
import type { Statement } from '#db/statement'
import type { Context } from './context.ts'
import { findKept, keyed, replay, takingKey } from './idempotency.ts'
import { type Found, type Reading, type Runner, run, type Statements } from './run.ts'

type EffectOf<S> = S extends Statement<unknown, infer E> ? E : never

/** Statements that write must append an event: no change without its event. */
type WithEvent<S extends Statements> =
  'write' extends EffectOf<S[keyof S]>
    ? 'event' extends EffectOf<S[keyof S]>
      ? unknown
      : { readonly event: UseCaseCall<unknown, 'event'> }
    : unknown

/** A replayed request has only its answer, so a use case with an answer gets that for sure, and all else perhaps. */
type Results<S extends Statements> = S extends { answer: AnswerCall<infer R, infer _> }
  ? { readonly answer: readonly R[] } & Partial<Found<Omit<S, 'answer'>>>
  : Found<S>

/**
 * Runs the statements in order, as one transaction, in one round trip. If a statement refuses, it refuses with that code, and nothing
 * has happened. A request repeated under its idempotency key gets the stored answer (a second round trip).
 */
export const commit = <const S extends Statements>(
  ctx: Context,
  statements: S & WithEvent<S>,
): Promise<Results<S>> => commitOrReplay<S>(ctx, statements)

/** `commit`, with its key and its answer, for a change without an event: it is no change of a customer. */
export const commitWithoutEvent = <const S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<Results<S>> => commitOrReplay<S>(ctx, statements)

async function commitOrReplay<S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<Results<S>> {
  try {
    return (await run(ctx, keyed(ctx, statements), { head: takingKey(ctx) })) as Results<S>
  } catch (error) {
    return { answer: await replay(ctx, error, statements) } as Results<S>
  }
}

/**
 * Reads before a commit that depends on the result. A request that was answered before under its key gets that answer, although
 * it might be refused now.
 */
export const readUnlessKept = <const S extends Reads>(ctx: Context, statements: S) =>
  commitUnlessKept(ctx, statements)

/** `readUnlessKept` for statements that write before the commit, such as a job for work elsewhere. */
export async function commitUnlessKept<const S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<{ readonly kept: Kept } | { readonly found: Found<S> }> {
  try {
    return { found: await run(ctx, statements, { head: takingKey(ctx) }) }
  } catch (error) {
    return { kept: await findKept(ctx, error) }
  }
}

/** A commit without a key and without an event, for a change of a job or a webhook. */
export const commitQuietly = <const S extends Statements>(
  ctx: Runner,
  statements: S,
  { timeout }: Pick<Reading, 'timeout'> = {},
): Promise<Found<S>> => run(ctx, statements, timeout === undefined ? {} : { timeout })

type Reads = Readonly<Record<string, Statement<unknown, 'read'>>>

/** Reads in one round trip; statements that write do not fit its type. */
export const read = <const S extends Reads>(ctx: Runner, statements: S): Promise<Found<S>> =>
  readTwice(ctx, statements, { readOnly: true })

/** `read` for a page of a list. Refuses `narrow_the_query` when it takes too long or is too large. */
export const readPage = <const S extends Reads>(ctx: Runner, statements: S): Promise<Found<S>> =>
  readTwice(ctx, statements, { readOnly: true, isPage: true })

/** A read changes nothing, so it is tried once more if the database does not answer. */
async function readTwice<const S extends Reads>(
  ctx: Runner,
  statements: S,
  reading: Reading,
): Promise<Found<S>> {
  try {
    return await run(ctx, statements, reading)
  } catch (error) {
    if (!(error instanceof Away)) throw error
    return run(ctx, statements, reading)
  }
}
