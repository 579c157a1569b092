import { Replay } from '#db/failure'
import { AnswerCall, type Kept, KeptCall } from '#db/handle'
import type { Effect, Statement } from '#db/statement'
import { Bug, Refusal } from '#kernel/error'
import type { Context, Idempotency } from './context.ts'
import * as query from './generated/query.ts'
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
  if (!list.some(([, statement]) => isAnswer(statement))) {
    throw new Bug('a commit under an idempotency key needs an answer')
  }
  const kept = list.map(
    ([name, statement]): Named => [
      name,
      isAnswer(statement) ? keptCall(ctx, key, statement) : statement,
    ],
  )
  return [...claimed(ctx), ...kept]
}

/** Head of a commit under an idempotency key. */
export function claimed({ tenant, now, idempotency: request }: Context): Named[] {
  if (request === null) return []
  const since = new Date(now.getTime() - KEPT_FOR_MS).toISOString()
  return [['key', query.claimKey({ tenant, ...request, since })]]
}

/** What was stored under the key, when that is why the statements did not run; what else was wrong is thrown on. */
export async function findKept(ctx: Context, error: unknown): Promise<Kept> {
  const { tenant, idempotency: request, outcome } = ctx
  if (!(error instanceof Replay) || request === null) throw error
  const { scope, key } = request
  const stored = query.findAnswer({ tenant, scope, key })
  const found = (await run(ctx, [['stored', stored]], true)) as { stored: { answer: Kept }[] }
  const [row] = found.stored
  if (row === undefined) throw new Refusal('idempotency_key_in_use', { retryAfter: 1 })
  outcome.replayed = true
  return row.answer
}

/** The rows of the answer that was stored. */
export async function replay(
  ctx: Context,
  error: unknown,
  statements: Readonly<Record<string, Statement<unknown>>>,
): Promise<unknown> {
  const kept = await findKept(ctx, error)
  return Object.values(statements).find(isAnswer)?.readKept(kept)
}

const isAnswer = (it: Statement<unknown>): it is AnswerCall<unknown, Effect> =>
  it instanceof AnswerCall

function keptCall(
  ctx: Context,
  { scope, key, fingerprint }: Idempotency,
  answer: AnswerCall<unknown, Effect>,
): KeptCall<unknown, Effect> {
  const store = query.storeAnswer({
    storeTenant: ctx.tenant,
    storeScope: scope,
    storeKey: key,
    storeFingerprint: fingerprint,
    storeFields: answer.compiled.fields,
    made: null,
    storeCustomer: answer.customerId,
    storeAt: ctx.now.toISOString(),
  })
  return new KeptCall(answer, store)
}
