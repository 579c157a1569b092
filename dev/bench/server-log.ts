import type pg from 'pg'

/** What a database server must be told at its start, so that it logs who waits for a lock, and what takes a second. */
export const LOGGING = {
  logging_collector: 'on',
  log_destination: 'jsonlog',
  log_rotation_size: '0',
  log_rotation_age: '0',
  log_lock_waits: 'on',
  /** The shortest wait that is logged. */
  deadlock_timeout: '10ms',
  log_min_duration_statement: '1s',
  log_min_error_statement: 'log',
} as const

/** In milliseconds, with the name of the function that waited or worked, or the beginning of its statement. */
export type Logged = { readonly what: string; readonly ms: number }
export type ServerLog = {
  /** Waits for locks of 10 ms and more, and statements of a second and more. */
  readonly waits: readonly Logged[]
  readonly slow: readonly Logged[]
}

const LOG = `pg_current_logfile('jsonlog')`

/** The length of the log so far. */
export async function logLength(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ size: string }>(`select (pg_stat_file(${LOG})).size`)
  return Number(rows[0]?.size ?? 0)
}

/** What was logged since. */
export async function readLog(client: pg.Client, since: number): Promise<ServerLog> {
  const { rows } = await client.query<{ text: string }>(
    `select pg_read_file(${LOG}, $1, $2) as text`,
    [since, (await logLength(client)) - since],
  )
  const entries = (rows[0]?.text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { message: string; statement?: string })
  const found = (pattern: RegExp): Logged[] =>
    entries.flatMap(({ message, statement }) => {
      const [, ms, text = statement ?? ''] = pattern.exec(message) ?? []
      return ms === undefined ? [] : [{ what: nameOf(text), ms: Number(ms) }]
    })
  return {
    waits: found(/^process \d+ acquired .* after ([\d.]+) ms/),
    slow: found(/^duration: ([\d.]+) ms(?: .*?: (.*))?$/s),
  }
}

const nameOf = (statement: string): string =>
  /(\w+)_[0-9a-f]{8}\(/.exec(statement)?.[1] ?? statement.trim().slice(0, 60)
