import type { ServerResponse } from 'node:http'
import type { Field, Row } from './decode.ts'
import { answerEncodingOf, type Encoding, type SqlRequest } from './request.ts'
import { ResponseTooLarge, type Result } from './run.ts'
import { postgresTextToJson } from './text.ts'

/** The body of a 200, at most `maxBytes` long, in the request's encoding. */
export function renderResults(request: SqlRequest, results: Result[], maxBytes: number): string {
  const shown = results.map((result, at) => {
    const rowAsArray = request.queries[at]?.arrayMode ?? false
    return { ...result, rows: showRows(result, rowAsArray, request.rawText), rowAsArray }
  })
  const body = JSON.stringify(request.batch ? { results: shown } : shown[0])
  if (Buffer.byteLength(body, answerEncodingOf(request)) > maxBytes) throw new ResponseTooLarge()
  return body
}

function showRows({ fields, rows }: Result, asArray: boolean, raw: boolean): unknown[] {
  if (raw && asArray) return rows
  const values = raw ? rows : rows.map((row) => showValues(fields, row))
  if (asArray) return values
  return values.map((row) =>
    Object.fromEntries(fields.map(({ name }, at) => [name, row[at] ?? null])),
  )
}

const showValues = (fields: Field[], row: Row): unknown[] =>
  row.map((text, at) =>
    text === null ? null : postgresTextToJson(text, fields[at]?.dataTypeID ?? 0),
  )

/** A batch's answer repeats the isolation that was asked for. */
export function echoIsolation({ batch, isolation }: SqlRequest): Record<string, string> {
  if (!batch) return {}
  return {
    ...(isolation.level !== undefined && { 'neon-batch-isolation-level': isolation.level }),
    ...(isolation.readOnly && { 'neon-batch-read-only': 'true' }),
    ...(isolation.deferrable && { 'neon-batch-deferrable': 'true' }),
  }
}

/** The status and body to a request. */
export type Reply = {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** How the body becomes bytes; by default UTF-8. */
  readonly encoding?: Encoding
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  const { status, body, headers, encoding = 'utf8' } = reply
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body, encoding),
  })
  response.end(body, encoding)
}
