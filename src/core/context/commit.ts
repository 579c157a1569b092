import { type SQL, sql } from 'drizzle-orm'
import { Conflict, type Database, Done, Replay, Unreachable } from '#db/client'
import { type Announcement, type Announcements, Answer, Guard, Statement } from '#db/statement'
import { Bug, Refusal } from '#kernel/error'
import type { Context, Idempotency } from './context.ts'

/** Whatever has a database can run statements; for a shopper, only while the session lasts. */
export type Runner = Pick<Context, 'db' | 'outcome'> &
  Partial<Pick<Context, 'tenant' | 'actor' | 'now'>>

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
type Results<S extends Statements> = S extends { answer: Answer<infer A> }
  ? { readonly answer: A }
  : { readonly [N in keyof S]: S[N] extends Statement<infer T> ? T : never }

/** How long an answer may be asked for again. */
export const KEPT_FOR_MS = 24 * 60 * 60 * 1000
const ATTEMPTS = 4

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
    return { answer: await replay(ctx, error) } as Results<S>
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

async function replay(ctx: Context, error: unknown): Promise<unknown> {
  if (!(error instanceof Replay) || ctx.idempotency === null) throw error
  const answer = await keptAnswer(ctx, ctx.idempotency)
  ctx.outcome.replayed = true
  return answer
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

type Named = [name: string, statement: Statement<unknown>]

async function run(ctx: Runner, list: Named[], readOnly = false): Promise<object> {
  const fused = fuseGuards([...admission(ctx), ...list])
  const queries = fused.map(([, statement]) => statement.query)
  for (let attempt = 1; ; attempt++) {
    const started = Date.now()
    ctx.outcome.roundTrips++
    try {
      const results = await ctx.db.run(queries, { readOnly })
      const named = fused.map(([name, statement], i) => [name, statement.result(results[i] ?? [])])
      ctx.outcome.jobs.push(...fused.flatMap(([, { jobs }], i) => jobs(results[i] ?? [])))
      return Object.fromEntries(named)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      if (attempt === ATTEMPTS) throw new Refusal('database_unavailable', { retryAfter: 1 })
      await pause(attempt)
    } finally {
      ctx.outcome.databaseMs += Date.now() - started
    }
  }
}

const pause = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))

/** The door believed the token; whether its session and its customer are still welcome is for the same trip to say. */
function admission({ tenant, actor, now }: Runner): Named[] {
  if (actor?.type !== 'shopper' || now === undefined) return []
  const call = sql`check_session(${tenant}, ${actor.id}, ${actor.sessionId}, ${now.toISOString()}::timestamptz)`
  return [['admission', new Guard(call, (check) => sql`select ${check}`)]]
}

/** Guards refuse or do nothing, each with fresh eyes, so the leading ones fit in one statement. */
function fuseGuards(list: Named[]): Named[] {
  const leading = list.findIndex(([, statement]) => !(statement instanceof Guard))
  if (leading < 2) return list
  const calls = list
    .slice(0, leading)
    .flatMap(([, s]) => (s instanceof Guard ? [s.expression] : []))
  const fused = new Statement(sql`select ${sql.join(calls, sql`, `)}`, () => undefined)
  return [['guards', fused], ...list.slice(leading)]
}

function keyed(ctx: Context, statements: Statements): Named[] {
  const list = Object.entries(statements)
  const key = ctx.idempotency
  if (key === null) return list
  if (!list.some(([, statement]) => statement instanceof Answer)) {
    throw new Bug('a commit under an idempotency key needs an answer')
  }
  const kept = list.map(([name, statement]): Named => {
    if (!(statement instanceof Answer)) return [name, statement]
    const answer = sql`select ${keepAnswer(ctx, key, statement)} as answer`
    return [name, new Statement(answer, statement.result, statement.jobs)]
  })
  return [['key', claimKey(ctx, key)], ...kept]
}

function claimKey(ctx: Context, { scope, key, fingerprint }: Idempotency): Guard {
  const since = new Date(ctx.now.getTime() - KEPT_FOR_MS)
  return new Guard(
    sql`claim_key(${ctx.tenant}, ${scope}, ${key}, ${fingerprint}, ${since.toISOString()}::timestamptz)`,
    (call) => sql`select ${call}`,
  )
}

const keepAnswer = (
  ctx: Context,
  { scope, key, fingerprint }: Idempotency,
  answer: Answer<unknown>,
): SQL =>
  sql`keep_answer(${ctx.tenant}, ${scope}, ${key}, ${fingerprint}, (${answer.document}), ${answer.customerId}, ${ctx.now.toISOString()}::timestamptz)`

async function keptAnswer(ctx: Context, { scope, key }: Idempotency): Promise<unknown> {
  const query = sql`select answer from idempotency
    where tenant = ${ctx.tenant} and scope = ${scope} and key = ${key}`
  const found = (await run(ctx, [['kept', new Statement(query, (rows) => rows[0])]], true)) as {
    kept?: { answer: unknown }
  }
  if (found.kept === undefined) throw new Refusal('idempotency_key_in_use', { retryAfter: 1 })
  return found.kept.answer
}

/** Throws when the database does not answer. */
export async function ping(db: Database): Promise<void> {
  await db.run([sql`select 1`], { timeout: 3000 })
}

export const isUnreachable = (error: unknown): boolean => error instanceof Unreachable

/** Someone else has done the job: there is nothing left to do, and nothing was changed. */
export const isDone = (error: unknown): boolean => error instanceof Done
