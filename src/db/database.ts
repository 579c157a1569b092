import { NeonDbError, type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless'
import * as z from 'zod'
import { Bug, isRefusalCode, Refusal, type RefusalCode, type RefusalDetails } from '#kernel/error'
import { constraintRefusals, raceConstraints } from './constraint-refusals.ts'
import {
  DatabaseAway,
  FunctionMissing,
  JobDoneBefore,
  RequestAnsweredBefore,
  StatementRejected,
  TransactionConflict,
} from './database-error.ts'
import { databaseErrorMeaning } from './database-error-meaning.ts'
import { describePostgresError } from './describe-postgres-error.ts'
import type { Row, Sent } from './statement.ts'
import type { StatementLists } from './statement-lists.ts'

export type Database = {
  /** One round trip. Several statements are one transaction. */
  readonly run: (statements: readonly Sent[], options?: RunOptions) => Promise<Row[][]>
  /** The statements to send in place of missing functions. */
  readonly lists: () => Promise<StatementLists>
}
type RunOptions = {
  readonly readOnly?: boolean
  /** The statements read a page. On a timeout the caller is told to ask for a smaller one. */
  readonly isPage?: boolean
  readonly timeout?: number
}

const REPLY_WITHIN_MS = 14_000

type Asked = {
  readonly options: RunOptions
  /** PostgreSQL's own sentence about a mistake of ours; undefined in production. */
  readonly say: (error: NeonDbError) => string | undefined
}

/** What an error of the driver means for the use case. */
function translate(error: unknown, { options, say }: Asked): Error {
  const isWrite = options.readOnly !== true
  if (!(error instanceof NeonDbError)) return new DatabaseAway('no reply', isWrite, 1)
  const { code, constraint, message, detail } = error
  if (code === 'CU001') return refused(message, detail)
  if (constraint !== undefined && raceConstraints.has(constraint))
    return new TransactionConflict(constraint)
  if (code === '42883') {
    return new FunctionMissing(message.match(/^function (\w+)\(/)?.[1] ?? '', say(error))
  }
  const refusal = constraint === undefined ? undefined : constraintRefusals[constraint]
  if (refusal !== undefined) return new Refusal(refusal)
  const meaning = databaseErrorMeaning(code, message)
  if (meaning.is === 'conflict') return new TransactionConflict(code)
  if (meaning.is === 'away') {
    return new DatabaseAway(code || 'no reply', isWrite && meaning.isUnknown, meaning.retryAfter)
  }
  if (meaning.is === 'canceled') {
    return options.isPage ? new Refusal('narrow_the_query') : new DatabaseAway('57014', false, 1)
  }
  if (meaning.is === 'too_large' && options.isPage) {
    return new Refusal('narrow_the_query', {
      detail: 'The page is too large; ask for fewer items with `limit`.',
    })
  }
  return new StatementRejected(
    `database ${code || meaning.is} ${constraint ?? ''}`.trimEnd(),
    say(error),
  )
}

function refused(code: string, detail: string | undefined): Error {
  if (code === 'idempotency_replay') return new RequestAnsweredBefore('kept')
  if (code === 'job_done') return new JobDoneBefore('done')
  if (code === 'try_again') return new TransactionConflict('try_again')
  if (!isRefusalCode(code)) return new Bug(`unknown refusal ${code}`)
  return new Refusal(code, detail ? detailsOf(code, detail) : {})
}

const Problem = z.object({ path: z.string(), code: z.string(), message: z.string() })

/** `precondition_failed` names the changed fields, `customer_merged` the survivor; all others have the problems of an input. */
function detailsOf(code: RefusalCode, detail: string): RefusalDetails {
  if (code === 'precondition_failed')
    return { changed: z.array(z.string()).parse(JSON.parse(detail)).toSorted() }
  if (code === 'customer_merged') return { survivorId: detail }
  return { errors: z.array(Problem).parse(JSON.parse(detail)) }
}

const endpoints = new Map<string, string>()
neonConfig.fetchEndpoint = (host, port) =>
  endpoints.get(`${host}:${port}`) ?? `https://${host.replace(/^[^.]+\./, 'api.')}/sql`

type Connecting = {
  /** The address of Neon's HTTP interface, if the connection string does not name it (a developer's machine, the tests). */
  readonly endpoint?: string | undefined
  readonly lists: () => Promise<StatementLists>
  /** Errors have PostgreSQL's own sentence. In production they do not: it may have values of the input. */
  readonly development?: boolean
}

export function connectDatabase(
  connectionString: string,
  { endpoint, lists, development = false }: Connecting,
): Database {
  const { hostname, port } = new URL(connectionString)
  if (endpoint !== undefined) endpoints.set(`${hostname}:${port || '5432'}`, endpoint)
  const sql = neon(connectionString)
  return {
    lists,
    async run(statements, options = {}) {
      const { readOnly = false, timeout = REPLY_WITHIN_MS } = options
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
        const say = (told: NeonDbError) =>
          development ? describePostgresError(told, texts) : undefined
        throw translate(error, { options, say })
      }
    },
  }
}

const prepare = (
  sql: NeonQueryFunction<false, false>,
  { text, values }: Sent,
  options?: { fetchOptions: { signal: AbortSignal } },
) => sql.query(text, [...values], options)
