import type { IncomingMessage, ServerResponse } from 'node:http'
import { echoIsolation, renderResults, send } from './answer.ts'
import type { Caller, Callers } from './caller.ts'
import type { Connection } from './connection.ts'
import type { Counter } from './count.ts'
import { type Faults, strike } from './fault.ts'
import { Refused, toRefusal } from './refusal.ts'
import {
  type Encoding,
  encodingOf,
  parseBody,
  parseIsolation,
  readBody,
  type SqlRequest,
} from './request.ts'
import { Interrupted, type Result, runBatch, runOne, type Terms } from './run.ts'
import { cleanse, failureMayHaveMarked, mayHaveMarked } from './session.ts'

export type SqlDoor = {
  readonly callers: Callers
  readonly counter: Counter
  readonly faults: Faults
  readonly maxRequestBytes: number
  readonly maxResponseBytes: number
  readonly timeoutMilliseconds: number
}

/** `POST /sql`: one statement, or a batch in one transaction. */
export async function answerSql(
  door: SqlDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  door.counter.of().trips++
  try {
    const caller = door.callers.find(request.headers['neon-connection-string'])
    const asked = await readSqlRequest(request, door.maxRequestBytes)
    countRequest(door.counter, caller, asked)
    const fault = door.faults.take(asked)
    if (fault?.at === 'before') await strike(fault, response)
    const done = await execute(door, caller, asked, response).catch(refuse)
    if (fault?.at === 'after') await strike(fault, response)
    if (done.status === 200) send(response, 200, done.body, echoIsolation(asked), encodingOf(asked))
    else send(response, done.status, done.body)
  } catch (error) {
    const { status, body } = refuse(error)
    send(response, status, body)
  }

  function refuse(error: unknown) {
    return toRefusal(error, door.maxResponseBytes)
  }
}

async function readSqlRequest(request: IncomingMessage, maxBytes: number): Promise<SqlRequest> {
  const { headers } = request
  const isolation = parseIsolation(headers)
  const body = await readBody(request, maxBytes)
  const { queries, batch } = parseBody(body, headers['neon-array-mode'] === 'true')
  return { queries, batch, isolation, rawText: headers['neon-raw-text-output'] === 'true' }
}

function countRequest(counter: Counter, { count }: Caller, { queries }: SqlRequest): void {
  counter.of().statements += queries.length
  if (!count) return
  count.trips++
  count.statements += queries.length
}

type Done = { readonly status: number; readonly body: string }

async function execute(
  door: SqlDoor,
  caller: Caller,
  asked: SqlRequest,
  response: ServerResponse,
): Promise<Done> {
  const connection = await caller.take()
  if (response.destroyed) {
    caller.give(connection)
    throw new Interrupted('the client went away')
  }
  const attempt = watch(connection, response, door, encodingOf(asked))
  let marked = true
  const render = (results: Result[]) => {
    marked = mayHaveMarked(asked.queries, results)
    return renderResults(asked, results, door.maxResponseBytes)
  }
  try {
    const [first] = asked.queries
    const body =
      asked.batch || !first
        ? await runBatch(connection, asked.queries, asked.isolation, attempt.terms, render)
        : await runOne(connection, first, attempt.terms, render)
    return { status: 200, body }
  } catch (error) {
    marked = failureMayHaveMarked(asked.queries)
    throw attempt.terms.interrupted ?? error
  } finally {
    attempt.end()
    // A cancel may still be on its way to this session: nobody else may get it.
    if (attempt.terms.interrupted) connection.destroy()
    if (marked) cleanse(connection).then(() => caller.give(connection))
    else caller.give(connection)
  }
}

/** Cancels what runs when the client goes away or the time is over. */
function watch(
  connection: Connection,
  response: ServerResponse,
  door: SqlDoor,
  encoding: Encoding,
) {
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
  const leave = () => interrupt(new Interrupted('the client went away'))
  const expire = () => interrupt(tooLate(door.timeoutMilliseconds / 1000))
  const timer = setTimeout(expire, door.timeoutMilliseconds)
  response.once('close', leave)
  const end = () => {
    clearTimeout(timer)
    clearTimeout(grace)
    response.off('close', leave)
  }
  return { terms, end }
}

const tooLate = (seconds: number) =>
  new Refused(504, `HTTP-Connection timed out, execution time exceeded ${seconds} seconds`)
