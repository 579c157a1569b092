/** What a database server must be told at its start, so that it logs who waits for a lock, and what takes a second. */
export const LOG_SETTINGS = {
  log_line_prefix: '[%p] ',
  log_lock_waits: 'on',
  /** The shortest wait that is logged. */
  deadlock_timeout: '10ms',
  log_min_duration_statement: '1s',
  log_min_error_statement: 'log',
} as const

/** In milliseconds, with the name of the function that waited or worked, or the beginning of its statement. */
export type Logged = { readonly what: string; readonly ms: number }
type ServerLog = {
  /** Waits for locks of 10 ms and more, and statements of a second and more. */
  readonly waits: readonly Logged[]
  readonly slow: readonly Logged[]
}

/** Reads lines of the log. The statement of a line follows it, as a line of the same process. */
export function readLog(text: string): ServerLog {
  const [waits, slow]: [Logged[], Logged[]] = [[], []]
  const waiting = new Map<string, number>()
  for (const [, pid = '', line = ''] of text.matchAll(/^\[(\d+)\] (.*)$/gm)) {
    const ended = /LOG: {2}process \d+ acquired .* after ([\d.]+) ms/.exec(line)?.[1]
    if (ended !== undefined) waiting.set(pid, Number(ended))
    const took = /LOG: {2}duration: ([\d.]+) ms(?: .*?: (.*))?$/.exec(line)
    if (took !== null) slow.push({ what: nameOf(took[2] ?? ''), ms: Number(took[1]) })
    const statement = /STATEMENT: {2}(.*)/.exec(line)?.[1]
    const ms = waiting.get(pid)
    if (statement === undefined || ms === undefined) continue
    waits.push({ what: nameOf(statement), ms })
    waiting.delete(pid)
  }
  return { waits, slow }
}

const nameOf = (statement: string): string =>
  /(\w+)_[0-9a-f]{8}\(/.exec(statement)?.[1] ?? statement.trim().slice(0, 60)
