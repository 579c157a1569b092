import { echoIsolation, type Reply, renderResults } from './answer.ts'
import type { Caller, Callers } from './caller.ts'
import type { Connection } from './connection.ts'
import { type InjectedFaults, injectFault } from './injected-fault.ts'
import type { ReceivedRequest } from './received-request.ts'
import { RequestRefused, toRefusal } from './refusal.ts'
import {
  answerEncodingOf,
  type Encoding,
  parseBody,
  parseIsolation,
  type SqlRequest,
} from './request.ts'
import { failureMayChangeSession, mayChangeSession, resetSession } from './reset-session.ts'
import { ClientGone, type Result, runBatch, runSingleStatement, type Terms } from './run.ts'
import type { TrafficCounter } from './traffic-counter.ts'

export type SqlDoor = {
  readonly callers: Callers
  readonly counter: TrafficCounter
  readonly faults: InjectedFaults
  readonly maxRequestBytes: number
  readonly maxResponseBytes: number
  readonly timeoutMilliseconds: number
}

/** `POST /sql`: one statement, or a batch in one transaction. */
export async function answerSql(door: SqlDoor, client: ReceivedRequest): Promise<Reply> {
  door.counter.of().trips++
  try {
    const caller = door.callers.find(client.headers['neon-connection-string'])
    const asked = await readSqlRequest(client, door.maxRequestBytes)
    countRequest(door.counter, caller, asked)
    const fault = door.faults.take(asked)
    if (fault?.at === 'before') await injectFault(fault, client)
    const done = await execute(door, caller, asked, client).catch(refuse)
    if (fault?.at === 'after') await injectFault(fault, client)
    return done
  } catch (error) {
    return refuse(error)
  }

  function refuse(error: unknown) {
    return toRefusal(error, door.maxResponseBytes)
  }
}

async function readSqlRequest(
  { headers, body }: ReceivedRequest,
  maxBytes: number,
): Promise<SqlRequest> {
  const isolation = parseIsolation(headers)
  const { queries, batch } = parseBody(await body(maxBytes), headers['neon-array-mode'] === 'true')
  return { queries, batch, isolation, rawText: headers['neon-raw-text-output'] === 'true' }
}

function countRequest(counter: TrafficCounter, { count }: Caller, { queries }: SqlRequest): void {
  counter.of().statements += queries.length
  if (!count) return
  count.trips++
  count.statements += queries.length
}

async function execute(
  door: SqlDoor,
  caller: Caller,
  asked: SqlRequest,
  client: ReceivedRequest,
): Promise<Reply> {
  const connection = await caller.take()
  if (client.isGone()) {
    caller.give(connection)
    throw new ClientGone('the client went away')
  }
  const attempt = watch(connection, client, door, answerEncodingOf(asked))
  let marked = true
  const render = (results: Result[]) => {
    marked = mayChangeSession(asked.queries, results)
    return renderResults(asked, results, door.maxResponseBytes)
  }
  try {
    const [first] = asked.queries
    const body =
      asked.batch || !first
        ? await runBatch(connection, asked.queries, asked.isolation, attempt.terms, render)
        : await runSingleStatement(connection, first, attempt.terms, render)
    return { status: 200, body, headers: echoIsolation(asked), encoding: answerEncodingOf(asked) }
  } catch (error) {
    marked = failureMayChangeSession(asked.queries)
    throw attempt.terms.interrupted ?? error
  } finally {
    attempt.end()
    // A cancel may still be on its way to this session: nobody else may get it.
    if (attempt.terms.interrupted) connection.destroy()
    if (marked) resetSession(connection).then(() => caller.give(connection))
    else caller.give(connection)
  }
}

/** Cancels what runs when the client goes away or the time is over. */
function watch(connection: Connection, client: ReceivedRequest, door: SqlDoor, encoding: Encoding) {
  const terms: { -readonly [K in keyof Terms]: Terms[K] } = {
    maxBytes: door.maxResponseBytes,
    encoding,
  }
  let grace: NodeJS.Timeout | undefined
  const interrupt = (error: Error) => {
    terms.interrupted = error
    connection.cancel()
    grace = setTimeout(() => connection.destroy(), 100)
  }
  const leave = () => interrupt(new ClientGone('the client went away'))
  const expire = () => interrupt(tooLate(door.timeoutMilliseconds / 1000))
  const timer = setTimeout(expire, door.timeoutMilliseconds)
  const forget = client.onGone(leave)
  const end = () => {
    clearTimeout(timer)
    clearTimeout(grace)
    forget()
  }
  return { terms, end }
}

const tooLate = (seconds: number) =>
  new RequestRefused(504, `HTTP-Connection timed out, execution time exceeded ${seconds} seconds`)
