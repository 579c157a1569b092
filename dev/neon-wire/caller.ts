import type { Connection } from './connection.ts'
import { PostgresError } from './decode.ts'
import type { Pool } from './pool.ts'
import { RequestRefused } from './refusal.ts'
import { parseConnectionString } from './request.ts'
import type { PostgresSessions } from './sessions.ts'
import type { Count, TrafficCounter } from './traffic-counter.ts'

/** Who sends a request: a login's sessions, and the count of its `application_name`. */
export type Caller = {
  readonly count: Count | undefined
  take(): Promise<Connection>
  give(connection: Connection): void
}

/** Callers by their connection string; those with one login share its sessions. */
export class Callers {
  readonly #sessions: PostgresSessions
  readonly #counter: TrafficCounter
  readonly #known = new Map<string, Caller>()

  constructor(sessions: PostgresSessions, counter: TrafficCounter) {
    this.#sessions = sessions
    this.#counter = counter
  }

  /** Refused with 400 when the connection string is missing or no Postgres URL with credentials. */
  find(header: string | string[] | undefined): Caller {
    const known = typeof header === 'string' ? this.#known.get(header) : undefined
    if (known) return known
    const login = parseConnectionString(header)
    const url = String(header)
    const name = new URL(url).searchParams.get('application_name')
    const pool = this.#sessions.of(login)
    const caller: Caller = {
      count: name === null ? undefined : this.#counter.of(name),
      take: () => connectTo(pool),
      give: (connection) => pool.give(connection),
    }
    this.#known.set(url, caller)
    return caller
  }
}

/** Opens a session. A wrong password is the caller's fault (400). An unreachable PostgreSQL is not. */
async function connectTo(pool: Pool): Promise<Connection> {
  try {
    return await pool.take()
  } catch (error) {
    if (error instanceof PostgresError) throw error
    throw new RequestRefused(500, `Couldn't connect to compute node`)
  }
}
