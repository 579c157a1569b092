import { sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import { Conflict, Done, Unreachable } from '#db/failure'
import { Guard, Statement } from '#db/statement'
import { Refusal } from '#kernel/error'
import type { Context } from './context.ts'

/** Whatever has a database can run statements; for a shopper, only while the session lasts. */
export type Runner = Pick<Context, 'db' | 'outcome'> &
  Partial<Pick<Context, 'tenant' | 'actor' | 'now'>>

export type Named = [name: string, statement: Statement<unknown>]

const ATTEMPTS = 4

/** Runs statements as one transaction, in one round trip, and hands each its rows; again when another one was in the way. */
export async function run(ctx: Runner, list: Named[], readOnly = false): Promise<object> {
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

/** Throws when the database does not answer. */
export async function ping(db: Database): Promise<void> {
  await db.run([sql`select 1`], { timeout: 3000 })
}

export const isUnreachable = (error: unknown): boolean => error instanceof Unreachable

/** Someone else has done the job: there is nothing left to do, and nothing was changed. */
export const isDone = (error: unknown): boolean => error instanceof Done
