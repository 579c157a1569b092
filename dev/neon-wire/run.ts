import { type Connection, ConnectionLost } from './connection.ts'
import {
  decodeCommandTag,
  decodeError,
  decodeRow,
  decodeRowDescription,
  type Field,
  type PostgresError,
  type Row,
} from './decode.ts'
import {
  commitMessage,
  encodeBegin,
  encodeStatement,
  type Isolation,
  rollbackMessage,
  type Statement,
  syncMessage,
} from './encode.ts'
import { messageCodes } from './message.ts'
import type { Encoding } from './request.ts'

export type Result = {
  readonly fields: Field[]
  readonly rows: Row[]
  readonly command: string
  readonly rowCount: number | null
}

export class ResponseTooLarge extends Error {}

/** The client went away: there is nobody to answer. */
export class ClientGone extends Error {}

/** On what terms one request runs; once `interrupted` is set, nothing of it is committed any more. */
export type Terms = {
  readonly maxBytes: number
  readonly encoding: Encoding
  readonly interrupted?: Error | undefined
}

/** Makes the answer of the results; what it refuses is not committed. */
type Render = (results: Result[]) => string

/** Runs one statement in its own transaction. */
export async function runSingleStatement(
  on: Connection,
  statement: Statement,
  terms: Terms,
  render: Render,
): Promise<string> {
  const messages = [...encodeStatement(statement), syncMessage]
  return render(await step(on, messages, { ...terms, afterBegin: false }))
}

/**
 * Runs statements in one transaction: all of them in one flush, and COMMIT in a second, when their
 * results are known to fit and the client is still there. Any failure rolls back before it is told.
 */
export async function runBatch(
  on: Connection,
  statements: readonly Statement[],
  isolation: Isolation,
  terms: Terms,
  render: Render,
): Promise<string> {
  const messages = [encodeBegin(isolation), ...statements.flatMap(encodeStatement), syncMessage]
  try {
    const results = await step(on, messages, { ...terms, afterBegin: true })
    const answer = render(results)
    if (terms.interrupted) throw terms.interrupted
    await step(on, [commitMessage], alone)
    return answer
  } catch (error) {
    if (on.isOpen) await step(on, [rollbackMessage], alone).catch(() => on.destroy())
    throw error
  }
}

type Step = Terms & {
  /** The messages start with a simple BEGIN, which has a result and a ReadyForQuery of its own. */
  readonly afterBegin: boolean
}

const alone: Step = { afterBegin: false, maxBytes: Number.POSITIVE_INFINITY, encoding: 'utf8' }

function step(
  on: Connection,
  messages: Buffer[],
  { afterBegin, maxBytes, encoding }: Step,
): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    const results: Result[] = []
    let fields: Field[] = []
    let rows: Row[] = []
    let bytes = 0
    let ready = afterBegin ? -1 : 0
    let failure: PostgresError | undefined
    const giveUp = (error: Error) => {
      reject(error)
      on.destroy()
    }
    const finish = (command: string, rowCount: number | null) => {
      results.push({ fields, rows, command, rowCount })
      fields = []
      rows = []
    }
    on.talk({
      onMessage(code, body) {
        if (code === messageCodes.dataRow) {
          bytes += body.length
          if (bytes > maxBytes) giveUp(new ResponseTooLarge())
          else rows.push(decodeRow(body, encoding))
        } else if (code === messageCodes.rowDescription)
          fields = decodeRowDescription(body, encoding)
        else if (code === messageCodes.commandComplete) finish(...decodeCommandTag(body))
        else if (code === messageCodes.emptyQuery) finish('', null)
        else if (code === messageCodes.error) failure = decodeError(body)
        else if (code === messageCodes.copyIn || code === messageCodes.copyOut) {
          giveUp(new ConnectionLost('unexpected message from server'))
        }
      },
      onReady() {
        if (++ready < 1) return
        if (failure) reject(failure)
        else resolve(afterBegin ? results.slice(1) : results)
      },
      onLost: reject,
    })
    on.send(messages)
  })
}
