import { personalColumnNames } from './generated/personal.ts'

export type Level = 'info' | 'warn' | 'error'

type Fact = string | number | boolean | null | undefined

/**
 * The facts of a log line: numbers, ids and codes. Never an e-mail address, a token, a query string or a body. A field with the name of a
 * column that holds personal data does not compile.
 */
export type LogFields = Readonly<Record<string, Fact>> & {
  readonly [Name in (typeof personalColumnNames)[number]]?: never
}

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase()

const redacted: ReadonlySet<string> = new Set(personalColumnNames.map(plain))

/** Writes one line of JSON, which the log search of Workers reads. Personal fields that no type saw are blacked out. */
export function log(level: Level, message: string, fields: LogFields = {}): void {
  const line = JSON.stringify({ level, message, ...fields }, (name, value) =>
    redacted.has(plain(name)) ? '[redacted]' : value,
  )
  if (level === 'error') console.error(line)
  else if (level === 'warn') console.warn(line)
  else console.log(line)
}

/**
 * The loggable fields of an unknown error: its class and its place, never its message, which may have values. PostgreSQL's own sentence
 * is there on a developer's machine only.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const said = 'said' in error && typeof error.said === 'string' ? error.said : undefined
  return {
    error: error.name,
    code,
    said,
    at: frames
      .slice(0, 4)
      .map((line) => line.trim())
      .join(' < '),
  }
}

/** Writes a line for the developer at whose machine it runs. */
export const printForDeveloper = (line: string): void => console.log(line)
