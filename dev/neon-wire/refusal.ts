import { ConnectionLost } from './connection.ts'
import { PostgresError } from './decode.ts'
import { ResponseTooLarge } from './run.ts'

/** The wire's own answer to a request it does not run. */
export class RequestRefused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, text: string, code = '') {
    super(text)
    this.status = status
    this.code = code
  }
}

type Refusal = { readonly status: number; readonly body: string }

/** Status and body of Neon's answer to a failed request; every field is there, most are null. */
export function toRefusal(error: unknown, maxResponseBytes: number): Refusal {
  if (error instanceof PostgresError) return { status: 400, body: describe(error.fields) }
  if (error instanceof RequestRefused) return plain(error.status, error.message, error.code)
  if (error instanceof ConnectionLost) return plain(400, error.message)
  if (error instanceof ResponseTooLarge) {
    return plain(507, `response is too large (max is ${maxResponseBytes} bytes)`)
  }
  return plain(500, error instanceof Error ? error.message : String(error))
}

const plain = (status: number, text: string, code = ''): Refusal => ({
  status,
  body: describe(
    new Map([
      ['M', text],
      ['C', code],
    ]),
  ),
})

function describe(fields: ReadonlyMap<string, string>): string {
  const get = (letter: string) => fields.get(letter) ?? null
  const internal = get('p')
  return JSON.stringify({
    message: get('M'),
    code: get('C') ?? '',
    detail: get('D'),
    hint: get('H'),
    position: get('P'),
    internalPosition: internal,
    internalQuery: internal === null ? null : get('q'),
    severity: get('S') ?? '',
    where: get('W'),
    table: get('t'),
    column: get('c'),
    schema: get('s'),
    dataType: get('d'),
    constraint: get('n'),
    file: get('F'),
    line: get('L'),
    routine: get('R'),
  })
}
