import type { Address, Login } from './connection.ts'
import { Pool } from './pool.ts'

/** The sessions with a PostgreSQL, by their logins. */
export class PostgresSessions {
  readonly #address: Address
  readonly #max: number
  readonly #pools = new Map<string, Pool>()

  /** @param max sessions for each login. */
  constructor(connectionString: string, max = 20) {
    const { hostname, port } = new URL(connectionString)
    this.#address = { host: hostname, port: Number(port || 5432) }
    this.#max = max
  }

  of(login: Login): Pool {
    const key = JSON.stringify(login)
    const pool = this.#pools.get(key) ?? new Pool(this.#address, login, this.#max)
    this.#pools.set(key, pool)
    return pool
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.close()
  }
}
