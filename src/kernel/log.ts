type Level = 'info' | 'warn' | 'error'

/** Facts about a moment: numbers, ids and codes. Never an e-mail address, a token, a query string or a body. */
type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** One line of JSON, as Workers' log search reads it. */
export function log(level: Level, message: string, fields: LogFields = {}): void {
  const line = JSON.stringify({ level, message, ...fields })
  if (level === 'error') console.error(line)
  else if (level === 'warn') console.warn(line)
  else console.log(line)
}

/**
 * What of an unknown error may be logged: its class and where it was thrown, never its message, which may carry values. What a database
 * said of it is there on a developer's machine only.
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
