import type { Database } from '#db/database'
import {
  DatabaseAway,
  FunctionMissing,
  JobDoneBefore,
  StatementRejected,
  TransactionConflict,
} from '#db/database-error'
import type { Row, Sent, Statement } from '#db/statement'
import { Bug, Refusal } from '#kernel/error'
import type { Context } from './context.ts'
import {
  isSentAsFallback,
  noteMissingFunctionOfStatements,
  statementsToSend,
} from './fallback-statements.ts'
import { checkClientToken, checkSession } from './generated/query.ts'
import { withTokenCheck } from './token-checked-statement.ts'

/** The context in which statements run: a database, and for a shopper its session, which must be alive. */
export type Runner = Pick<Context, 'db' | 'outcome'> &
  Partial<Pick<Context, 'tenant' | 'actor' | 'now' | 'caller'>>

export type Statements = Readonly<Record<string, Statement<unknown>>>
export type NamedStatement = [name: string, statement: Statement<unknown>]
/** What running statements gives: the rows of each, by its name. */
export type ResultsOf<S> = { readonly [N in keyof S]: S[N] extends Statement<infer T> ? T : never }

/** @property head statements before them, whose rows nobody wants. */
type Options = { readonly head?: readonly NamedStatement[] } & TransactionOptions
/** @property isPage a caller whose page takes too long can ask for less. */
export type TransactionOptions = {
  readonly readOnly?: boolean
  readonly isPage?: boolean
  /** In milliseconds. */
  readonly timeout?: number
}

const ATTEMPTS = 4

/** Runs statements as one transaction, in one round trip, and returns the rows of each. It repeats them after a conflict. */
export async function runStatements<S extends Statements>(
  ctx: Runner,
  statements: S,
  { head = [], ...reading }: Options = {},
): Promise<ResultsOf<S>> {
  const check = tokenCheck(ctx)
  const all = [...admission(ctx), ...head, ...Object.entries(statements)]
  for (let attempt = 1; ; attempt++) {
    const started = Date.now()
    ctx.outcome.roundTrips++
    try {
      const results = await sendChecked(ctx.db, check, all, reading)
      const named = all.map(([name, statement], i) => [name, statement.result(results[i] ?? [])])
      ctx.outcome.jobs.push(...all.flatMap(([, { jobs }], i) => jobs(results[i] ?? [])))
      return Object.fromEntries(named) as ResultsOf<S>
    } catch (error) {
      if (error instanceof FunctionMissing) {
        await noteOrThrow(ctx.db, check === null ? all : [['check', check], ...all], error)
        attempt--
        continue
      }
      if (!(error instanceof TransactionConflict)) throw error
      if (attempt === ATTEMPTS) throw new Refusal('database_unavailable', { retryAfter: 1 })
      await pause(attempt)
    } finally {
      ctx.outcome.databaseMs += Date.now() - started
    }
  }
}

/** The rows of each statement. A use case whose function is missing is sent as its list: its last statement answers. */
async function send(
  db: Database,
  all: readonly NamedStatement[],
  reading: TransactionOptions,
): Promise<Row[][]> {
  if (!all.some(([, statement]) => isSentAsFallback(statement))) {
    return db.run(
      all.map(([, { sent }]) => sent),
      reading,
    )
  }
  const lists: (readonly Sent[])[] = []
  for (const [, statement] of all) lists.push(await statementsToSend(db, statement))
  const results = await db.run(lists.flat(), reading)
  let at = 0
  return lists.map(({ length }) => {
    at += length
    return results[at - 1] ?? []
  })
}

/** Notes a missing function. Nothing has happened, for the call was the whole transaction. A wrong call of an existing function is a bug. */
async function noteOrThrow(
  db: Database,
  list: readonly NamedStatement[],
  error: FunctionMissing,
): Promise<void> {
  const { functionName: name } = error
  const [[row] = []] = await db.run([{ text: 'select to_regproc($1) as found', values: [name] }])
  if (row?.found !== null || !noteMissingFunctionOfStatements(list, name)) {
    throw new StatementRejected(error.message, error.said)
  }
}

const pause = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))

/** The statements that check a shopper's session and customer, and the vouching service's token. Until here only the signatures were checked. */
function admission({ tenant, actor, now, caller }: Runner): NamedStatement[] {
  const voucher = caller?.vouchedBy ?? null
  if (actor?.type !== 'shopper' && voucher === null) return []
  if (tenant === undefined || now === undefined) throw new Bug('a caller without a tenant')
  const checks: NamedStatement[] =
    voucher === null ? [] : [['voucher', checkClientToken({ tenant, id: voucher })]]
  if (actor?.type !== 'shopper') return checks
  const { id: customerId, sessionId: id } = actor
  return [
    ...checks,
    ['admission', checkSession({ tenant, id, customerId, now: now.toISOString() })],
  ]
}

/** The check of a client's token in the same trip; before, only its signature and the configuration were checked. */
function tokenCheck({ tenant, actor }: Runner) {
  const id = actor !== undefined && 'tokenId' in actor ? actor.tokenId : null
  return id === null || tenant === undefined ? null : checkClientToken({ tenant, id })
}
type Check = ReturnType<typeof tokenCheck>

/** `send`, after the check. Refuses `invalid_token`. */
async function sendChecked(
  db: Database,
  check: Check,
  all: readonly NamedStatement[],
  reading: TransactionOptions,
): Promise<Row[][]> {
  if (check === null) return send(db, all, reading)
  const [first, ...others] = all
  const areLists = others.some(([, statement]) => isSentAsFallback(statement))
  const guarded = first === undefined || areLists ? null : withTokenCheck(check, first[1])
  if (guarded !== null) return db.run([guarded, ...others.map(([, { sent }]) => sent)], reading)
  return (await send(db, [['check', check], ...all], reading)).slice(1)
}

const FATE_UNKNOWN =
  "The database's reply was lost: the change may have been made or not. Repeat the request with the same Idempotency-Key, or read the resource before you repeat the request."

/** The refusal `database_unavailable` for an error which says that the database cannot serve now. Null for any other error. */
export function unavailableRefusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error.code === 'database_unavailable' ? error : null
  if (!(error instanceof DatabaseAway)) return null
  const { retryAfter, isUnknown } = error
  return new Refusal('database_unavailable', {
    retryAfter,
    ...(isUnknown && { detail: FATE_UNKNOWN }),
  })
}

export const isDatabaseUnavailable = (error: unknown): boolean =>
  unavailableRefusalOf(error) !== null

/** Whether an error says that another worker has done the job. Nothing was changed. */
export const isJobDoneError = (error: unknown): boolean => error instanceof JobDoneBefore
