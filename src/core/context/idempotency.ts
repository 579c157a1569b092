import { RequestAnsweredBefore } from '#db/database-error'
import type { Effect, Statement } from '#db/statement'
import { AnswerCall, type Kept, KeptCall } from '#db/use-case-call'
import { Bug, Refusal } from '#kernel/error'
import type { Context, Idempotency } from './context.ts'
import * as query from './generated/query.ts'
import { type NamedStatement, runStatements, type Statements } from './run-statements.ts'

/** The time for which an answer can be replayed. */
export const IDEMPOTENCY_KEY_DAYS = 1
const DAY_MS = 86_400_000

/** Returns the statements. With an idempotency key, the one that answers also stores its answer under the key. */
export function storingAnswer<S extends Statements>(ctx: Context, statements: S): S {
  const list = Object.entries(statements)
  const key = ctx.idempotency
  if (key === null) return statements
  if (!list.some(([, statement]) => isAnswer(statement))) {
    throw new Bug('a commit under an idempotency key needs an answer')
  }
  const kept = list.map(([name, statement]) => [
    name,
    isAnswer(statement) ? keptCall(ctx, key, statement) : statement,
  ])
  // A call whose answer is stored gives the same rows.
  return Object.fromEntries(kept) as S
}

/** Takes the idempotency key, at the head of a commit. */
export function takeKeyStatements({
  tenant,
  now,
  idempotency: request,
}: Context): NamedStatement[] {
  if (request === null) return []
  const since = new Date(now.getTime() - IDEMPOTENCY_KEY_DAYS * DAY_MS).toISOString()
  return [['key', query.takeKey({ tenant, ...request, since })]]
}

/** Finds the answer that is stored under the key, if the commit failed because there is one. Rethrows any other error. */
export async function findStoredAnswerOrRethrow(ctx: Context, error: unknown): Promise<Kept> {
  const { tenant, idempotency: request, outcome } = ctx
  if (!(error instanceof RequestAnsweredBefore) || request === null) throw error
  const { scope, key } = request
  const { stored } = await runStatements(
    ctx,
    { stored: query.findAnswer({ tenant, scope, key }) },
    { readOnly: true },
  )
  const [row] = stored
  if (row === undefined) throw new Refusal('idempotency_key_in_use', { retryAfter: 1 })
  // An erasure has taken the answer.
  if (row.answer === null) throw new Refusal('customer_not_found')
  outcome.replayed = true
  return row.answer
}

/** The rows of the stored answer. */
export async function findStoredRows(
  ctx: Context,
  error: unknown,
  statements: Statements,
): Promise<unknown> {
  const kept = await findStoredAnswerOrRethrow(ctx, error)
  return Object.values(statements).find(isAnswer)?.readKept(kept)
}

const isAnswer = (statement: Statement<unknown>): statement is AnswerCall<unknown, Effect> =>
  statement instanceof AnswerCall

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
    storeSubject: answer.subjectId,
    storeAt: ctx.now.toISOString(),
  })
  return new KeptCall(answer, store)
}
