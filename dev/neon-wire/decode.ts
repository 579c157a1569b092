import type { Encoding } from './request.ts'

export type Field = {
  readonly name: string
  readonly dataTypeID: number
  readonly tableID: number
  readonly columnID: number
  readonly dataTypeSize: number
  readonly dataTypeModifier: number
  readonly format: 'text'
}

export type Row = (string | null)[]

export function decodeRowDescription(body: Buffer, encoding: Encoding): Field[] {
  const fields: Field[] = []
  let at = 2
  for (let count = body.readUInt16BE(0); count > 0; count--) {
    const end = body.indexOf(0, at)
    const name = body.toString(encoding, at, end)
    at = end + 1
    fields.push({
      name,
      dataTypeID: body.readUInt32BE(at + 6),
      tableID: body.readUInt32BE(at),
      columnID: body.readInt16BE(at + 4),
      dataTypeSize: body.readInt16BE(at + 10),
      dataTypeModifier: body.readInt32BE(at + 12),
      format: 'text',
    })
    at += 18
  }
  return fields
}

export function decodeRow(body: Buffer, encoding: Encoding): Row {
  const row: Row = []
  let at = 2
  for (let count = body.readUInt16BE(0); count > 0; count--) {
    const length = body.readInt32BE(at)
    at += 4
    row.push(length < 0 ? null : body.toString(encoding, at, at + length))
    if (length > 0) at += length
  }
  return row
}

/** `INSERT 0 1` → `['INSERT', 1]`, `BEGIN` → `['BEGIN', null]`. */
export function decodeCommandTag(body: Buffer): [command: string, rowCount: number | null] {
  const words = body.toString('latin1', 0, body.length - 1).split(' ')
  const [command = ''] = words
  const count = words[command === 'INSERT' ? 2 : 1]
  return [command, count !== undefined && /^\d+$/.test(count) ? Number(count) : null]
}

/** An error as PostgreSQL reports it: its one-letter fields. */
export class PostgresError extends Error {
  readonly fields: ReadonlyMap<string, string>

  constructor(fields: ReadonlyMap<string, string>) {
    super(fields.get('M') ?? 'unknown error')
    this.fields = fields
  }

  get code(): string {
    return this.fields.get('C') ?? ''
  }

  /** `ERROR`, or `FATAL` and `PANIC`, which end the session. */
  get severity(): string {
    return this.fields.get('V') ?? ''
  }
}

export function decodeError(body: Buffer): PostgresError {
  const fields = new Map<string, string>()
  for (const part of body.toString('utf8').split('\0')) {
    if (part) fields.set(part.charAt(0), part.slice(1))
  }
  return new PostgresError(fields)
}
