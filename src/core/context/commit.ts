import { Unreachable } from '#db/failure'
import type { AnswerCall } from '#db/handle'
import type { Announcement, Announcements, Answer, Statement } from '#db/statement'
import type { Context } from './context.ts'
import { claimKey, keyed, replay } from './idempotency.ts'
import { type Named, type Runner, run } from './run.ts'

type Statements = Readonly<Record<string, Statement<unknown>>>
type EffectOf<S> = S extends Statement<unknown, infer E> ? E : never

/** Where something is written, something must be told: no change without its event. */
type Told<S extends Statements> =
  'write' extends EffectOf<S[keyof S]>
    ? 'event' extends EffectOf<S[keyof S]>
      ? unknown
      : { readonly told: Announcement | Announcements }
    : unknown

/** A replayed request has only its answer, so that is all that a use case with an answer gets to see. */
type Results<S extends Statements> = S extends { answer: Answer<infer A, infer _> }
  ? { readonly answer: A }
  : S extends { answer: AnswerCall<infer R, infer _> }
    ? { readonly answer: readonly R[] }
    : { readonly [N in keyof S]: S[N] extends Statement<infer T> ? T : never }

/**
 * Runs the statements in order, as one transaction, in one round trip. Refuses with whatever code a statement refuses with, and
 * then nothing has happened. A request repeated under its idempotency key gets the kept answer (a second round trip).
 */
export const commit = <const S extends Statements>(
  ctx: Context,
  statements: S & Told<S>,
): Promise<Results<S>> => commitOrReplay<S>(ctx, statements)

/** `commit`, with its key and its answer, for what is no change of a customer: nothing to tell. */
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
 * Looks before a commit that is decided by what is found. A request that was answered before under its key gets that answer, for
 * what it would be refused for now does not count any more.
 */
export async function readUnlessKept<A, const S extends Looks>(
  ctx: Context,
  statements: S,
): Promise<{ readonly kept: A } | { readonly found: Found<S> }> {
  const { idempotency: key } = ctx
  if (key === null) return { found: await read(ctx, statements) }
  try {
    const list: Named[] = [['key', claimKey(ctx, key)], ...Object.entries(statements)]
    return { found: (await run(ctx, list)) as Found<S> }
  } catch (error) {
    return { kept: (await replay(ctx, error)) as A }
  }
}

/** The same where something is left before the commit, such as word of what is about to be done elsewhere. */
export async function commitUnlessKept<A, const S extends Statements>(
  ctx: Context,
  statements: S,
): Promise<{ readonly kept: A } | { readonly found: Found<S> }> {
  const { idempotency: key } = ctx
  try {
    const head: Named[] = key === null ? [] : [['key', claimKey(ctx, key)]]
    return { found: (await run(ctx, [...head, ...Object.entries(statements)])) as Found<S> }
  } catch (error) {
    return { kept: (await replay(ctx, error)) as A }
  }
}

/** For what is no change of a customer, such as settling a job or a webhook: nothing to tell. No key. */
export const commitQuietly = async <const S extends Statements>(
  ctx: Runner,
  statements: S,
): Promise<Found<S>> => (await run(ctx, Object.entries(statements))) as Found<S>

type Looks = Readonly<Record<string, Statement<unknown, 'read'>>>
type Found<S> = { readonly [N in keyof S]: S[N] extends Statement<infer T> ? T : never }

/** Looks, in one round trip; statements that write do not fit its type. */
export async function read<const S extends Looks>(ctx: Runner, statements: S): Promise<Found<S>> {
  const list = Object.entries(statements)
  try {
    return (await run(ctx, list, true)) as Found<S>
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return (await run(ctx, list, true)) as Found<S>
  }
}
