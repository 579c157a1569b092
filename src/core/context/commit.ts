import { Unreachable } from '#db/failure'
import type { AnswerCall, Kept, UseCaseCall } from '#db/handle'
import type { Statement } from '#db/statement'
import type { Context } from './context.ts'
import { claimed, findKept, keyed, replay } from './idempotency.ts'
import { type Runner, run } from './run.ts'

type Statements = Readonly<Record<string, Statement<unknown>>>
type EffectOf<S> = S extends Statement<unknown, infer E> ? E : never

/** Where something is written, an event must be appended: no change without its event. */
type WithEvent<S extends Statements> =
  'write' extends EffectOf<S[keyof S]>
    ? 'event' extends EffectOf<S[keyof S]>
      ? unknown
      : { readonly event: UseCaseCall<unknown, 'event'> }
    : unknown

/** A replayed request has only its answer, so that is all that a use case with an answer gets to see. */
type Results<S extends Statements> = S extends { answer: AnswerCall<infer R, infer _> }
  ? { readonly answer: readonly R[] }
  : Found<S>

/**
 * Runs the statements in order, as one transaction, in one round trip. Refuses with whatever code a statement refuses with, and
 * then nothing has happened. A request repeated under its idempotency key gets the stored answer (a second round trip).
 */
export const commit = <const S extends Statements>(
  ctx: Context,
  statements: S & WithEvent<S>,
): Promise<Results<S>> => commitOrReplay<S>(ctx, statements)

/** `commit`, with its key and its answer, for what is no change of a customer: there is no event. */
export const commitUntold = <const S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<Results<S>> => commitOrReplay<S>(ctx, statements)

async function commitOrReplay<S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<Results<S>> {
  try {
    return (await run(ctx, keyed(ctx, statements))) as Results<S>
  } catch (error) {
    return { answer: await replay(ctx, error, statements) } as Results<S>
  }
}

/**
 * Reads before a commit that is decided by what is found. A request that was answered before under its key gets that answer, for
 * what it would be refused for now does not count any more.
 */
export const readUnlessKept = <const S extends Reads>(ctx: Context, statements: S) =>
  commitUnlessKept(ctx, statements)

/** The same where something is written before the commit, such as a job about what is to be done elsewhere. */
export async function commitUnlessKept<const S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<{ readonly kept: Kept } | { readonly found: Found<S> }> {
  try {
    const list = [...claimed(ctx), ...Object.entries(statements)]
    return { found: (await run(ctx, list)) as Found<S> }
  } catch (error) {
    return { kept: await findKept(ctx, error) }
  }
}

/** For what is no change of a customer, such as a job or a webhook: there is no event. No key. */
export const commitQuietly = async <const S extends Statements>(
  ctx: Runner,
  statements: S,
): Promise<Found<S>> => (await run(ctx, Object.entries(statements))) as Found<S>

type Reads = Readonly<Record<string, Statement<unknown, 'read'>>>
type Found<S> = { readonly [N in keyof S]: S[N] extends Statement<infer T> ? T : never }

/** Reads, in one round trip; statements that write do not fit its type. */
export async function read<const S extends Reads>(ctx: Runner, statements: S): Promise<Found<S>> {
  const list = Object.entries(statements)
  try {
    return (await run(ctx, list, true)) as Found<S>
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return (await run(ctx, list, true)) as Found<S>
  }
}
