import type { IncomingHttpHeaders } from 'node:http'
import type { Login } from './connection.ts'
import { type Isolation, isIsolationLevel, type Statement } from './encode.ts'
import { RequestRefused } from './refusal.ts'
import { toPostgresText } from './text.ts'

type Query = Statement & { readonly arrayMode: boolean }

/** A parsed `POST /sql`. */
export type SqlRequest = {
  readonly queries: readonly Query[]
  readonly batch: boolean
  readonly isolation: Isolation
  readonly rawText: boolean
}

/**
 * How what PostgreSQL sends becomes text and the text becomes bytes again. What is passed on as it came need not be read as UTF-8:
 * of its bytes JSON escapes only ASCII ones, so they may go through as so many letters, which takes half the time.
 */
export type Encoding = 'utf8' | 'latin1'

export const answerEncodingOf = ({ rawText }: SqlRequest): Encoding => (rawText ? 'latin1' : 'utf8')

/** The caller's login, from the connection string it sends with every request. */
export function parseConnectionString(header: string | string[] | undefined): Login {
  if (typeof header !== 'string')
    throw new RequestRefused(400, 'invalid header: neon-connection-string')
  if (!URL.canParse(header)) throw new RequestRefused(400, 'invalid connection string: not a URL')
  const url = new URL(header)
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw new RequestRefused(400, 'incorrect scheme')
  const database = decode(url.pathname.slice(1))
  const user = decode(url.username)
  if (!database) throw new RequestRefused(400, 'missing database name')
  if (!user) throw new RequestRefused(400, 'missing username')
  if (!url.password) {
    throw new RequestRefused(400, 'missing authentication credentials: required password')
  }
  return { user, password: decode(url.password), database }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new RequestRefused(400, 'invalid connection string: malformed percent-encoding')
  }
}

export function parseIsolation(headers: IncomingHttpHeaders): Isolation {
  const level = headers['neon-batch-isolation-level']
  if (level !== undefined && (typeof level !== 'string' || !isIsolationLevel(level))) {
    throw new RequestRefused(400, 'invalid isolation level')
  }
  return {
    level,
    readOnly: headers['neon-batch-read-only'] === 'true',
    deferrable: headers['neon-batch-deferrable'] === 'true',
  }
}

export function parseBody(body: Buffer, arrayMode: boolean): Pick<SqlRequest, 'queries' | 'batch'> {
  const value = parseJson(body)
  if (isObject(value) && typeof value.query === 'string') {
    return { batch: false, queries: [parseQuery(value, arrayMode)] }
  }
  if (isObject(value) && Array.isArray(value.queries)) {
    return { batch: true, queries: value.queries.map((query) => parseQuery(query, arrayMode)) }
  }
  throw unreadable('data did not match any variant of untagged enum Payload')
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error))
  }
}

function parseQuery(value: unknown, headerArrayMode: boolean): Query {
  if (!isObject(value)) throw unreadable('invalid type: expected struct QueryData')
  const { query, params = [], arrayMode = headerArrayMode } = value
  if (typeof query !== 'string' || !Array.isArray(params)) {
    throw unreadable('data did not match any variant of untagged enum Payload')
  }
  const texts = params.map(toPostgresText)
  if (![query, ...texts].every((text) => text === null || text.isWellFormed())) {
    throw unreadable('lone leading surrogate in hex escape')
  }
  if (query.includes('\0')) throw new RequestRefused(400, 'string contains embedded null')
  return { query, params: texts, arrayMode: arrayMode === true }
}

const unreadable = (why: string) =>
  new RequestRefused(400, `could not parse the HTTP request body: ${why}`)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
