import { type SQL, sql } from 'drizzle-orm'
import { Replay } from '#db/failure'
import { AnswerCall, type Kept, KeptCall } from '#db/handle'
import { Answer, type Effect, Guard, Statement } from '#db/statement'
import { Bug, Refusal } from '#kernel/error'
import type { Context, Idempotency } from './context.ts'
import { storeAnswer } from './generated/query.ts'
import { type Named, run } from './run.ts'

/** How long an answer may be asked for again. */
export const KEPT_FOR_MS = 24 * 60 * 60 * 1000

/** The statements under the request's key: claimed before them, with the answer kept after them. */
export function keyed(
  ctx: Context,
  statements: Readonly<Record<string, Statement<unknown>>>,
): Named[] {
  const list = Object.entries(statements)
  const key = ctx.idempotency
  if (key === null) return list
  if (!list.some(([, statement]) => statement instanceof Answer || isAnswer(statement))) {
    throw new Bug('a commit under an idempotency key needs an answer')
  }
  const kept = list.map(([name, statement]): Named => {
    if (isAnswer(statement)) return [name, keptCall(ctx, key, statement)]
    if (!(statement instanceof Answer)) return [name, statement]
    const answer = statement.select(keepAnswer(ctx, key, statement))
    return [name, new Statement(answer, statement.result, statement.jobs)]
  })
  return [['key', claimKey(ctx, key)], ...kept]
}

export function claimKey(ctx: Context, { scope, key, fingerprint }: Idempotency): Guard {
  const since = new Date(ctx.now.getTime() - KEPT_FOR_MS)
  return new Guard(
    sql`claim_key(${ctx.tenant}, ${scope}, ${key}, ${fingerprint}, ${since.toISOString()}::timestamptz)`,
    (call) => sql`select ${call}`,
  )
}

const keepAnswer = (
  ctx: Context,
  { scope, key, fingerprint }: Idempotency,
  answer: Answer<unknown, Effect>,
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

const isAnswer = (it: Statement<unknown>): it is AnswerCall<unknown, Effect> =>
  it instanceof AnswerCall

function keptCall(
  ctx: Context,
  { scope, key, fingerprint }: Idempotency,
  answer: AnswerCall<unknown, Effect>,
): KeptCall<unknown, Effect> {
  const keep = storeAnswer({
    storeTenant: ctx.tenant,
    storeScope: scope,
    storeKey: key,
    storeFingerprint: fingerprint,
    storeFields: answer.compiled.fields,
    made: null,
    storeCustomer: answer.customerId,
    storeAt: ctx.now.toISOString(),
  })
  return new KeptCall(answer, keep)
}

/** The kept answer, when that is why the statements did not run; what else was wrong is thrown on. */
export async function replay(
  ctx: Context,
  error: unknown,
  statements: Readonly<Record<string, Statement<unknown>>> = {},
): Promise<unknown> {
  if (!(error instanceof Replay) || ctx.idempotency === null) throw error
  const answer = await keptAnswer(ctx, ctx.idempotency)
  ctx.outcome.replayed = true
  const call = Object.values(statements).find(isAnswer)
  return call === undefined ? answer : call.readKept(answer as Kept)
}
