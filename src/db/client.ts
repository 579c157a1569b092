import { NeonDbError, type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless'
import {
  Bug,
  type InputProblem,
  isRefusalCode,
  Refusal,
  type RefusalCode,
  type RefusalDetails,
} from '#kernel/error'
import { conflicts, races } from './conflict.ts'
import { Conflict, DatabaseBug, Done, Missing, Replay, Unreachable } from './failure.ts'
import type { Lists } from './lists.ts'
import { saidBy } from './said.ts'
import type { Row, Sent } from './statement.ts'

export type Database = {
  /** One round trip. Several statements are one transaction. */
  readonly run: (statements: readonly Sent[], options?: RunOptions) => Promise<Row[][]>
  /** The statements to send in place of missing functions. */
  readonly lists: () => Promise<Lists>
}
type RunOptions = { readonly readOnly?: boolean; readonly timeout?: number }

const REPLY_WITHIN_MS = 14_000

/** Codes of restarts, scale-to-zero and missing connections: the statement itself is right. */
const passing = new Set(['57P01', '57P02', '57P03', '08003', '08006', '53300', '53400'])

/** @param say PostgreSQL's own sentence about a mistake of ours; undefined in production. */
function translate(error: unknown, say: (error: NeonDbError) => string | undefined): Error {
  if (!(error instanceof NeonDbError)) return new Unreachable('no reply')
  const { code, constraint, message, detail } = error
  if (code === undefined || passing.has(code)) return new Unreachable(code ?? 'no reply')
  if (code === 'CU001') return refused(message, detail)
  if (code === '40001' || code === '40P01') return new Conflict(code)
  if (constraint !== undefined && races.has(constraint)) return new Conflict(constraint)
  if (code === '57014') return new Refusal('narrow_the_query')
  if (code === '42883') {
    return new Missing(message.match(/^function (\w+)\(/)?.[1] ?? '', say(error))
  }
  const meaning = constraint === undefined ? undefined : conflicts[constraint]
  if (meaning !== undefined) return new Refusal(meaning)
  return new DatabaseBug(`database ${code} ${constraint ?? ''}`.trimEnd(), say(error))
}

function refused(code: string, detail: string | undefined): Error {
  if (code === 'idempotency_replay') return new Replay('kept')
  if (code === 'job_done') return new Done('done')
  if (code === 'try_again') return new Conflict('try_again')
  if (!isRefusalCode(code)) return new Bug(`unknown refusal ${code}`)
  return new Refusal(code, detail ? detailsOf(code, detail) : {})
}

const detailsOf = (code: RefusalCode, detail: string): RefusalDetails =>
  code === 'invalid_input'
    ? { errors: JSON.parse(detail) as InputProblem[] }
    : { changed: detail.split(',') }

const endpoints = new Map<string, string>()
neonConfig.fetchEndpoint = (host, port) =>
  endpoints.get(`${host}:${port}`) ?? `https://${host.replace(/^[^.]+\./, 'api.')}/sql`

type Connecting = {
  /** The address of Neon's HTTP interface, if the connection string does not name it (a developer's machine, the tests). */
  readonly endpoint?: string | undefined
  readonly lists: () => Promise<Lists>
  /** Errors have PostgreSQL's own sentence. In production they do not: it may have values of the input. */
  readonly development?: boolean
}

export function connect(
  connectionString: string,
  { endpoint, lists, development = false }: Connecting,
): Database {
  const { hostname, port } = new URL(connectionString)
  if (endpoint !== undefined) endpoints.set(`${hostname}:${port || '5432'}`, endpoint)
  const sql = neon(connectionString)
  return {
    lists,
    async run(statements, { readOnly = false, timeout = REPLY_WITHIN_MS } = {}) {
      const fetchOptions = { signal: AbortSignal.timeout(timeout) }
      try {
        const [only] = statements
        if (statements.length === 1 && only !== undefined) {
          return [await prepare(sql, only, { fetchOptions })]
        }
        const list = statements.map((statement) => prepare(sql, statement))
        return await sql.transaction(list, { readOnly, fetchOptions })
      } catch (error) {
        const texts = statements.map(({ text }) => text)
        throw translate(error, (told) => (development ? saidBy(told, texts) : undefined))
      }
    },
  }
}

const prepare = (
  sql: NeonQueryFunction<false, false>,
  { text, values }: Sent,
  options?: { fetchOptions: { signal: AbortSignal } },
) => sql.query(text, [...values], options)
