import { type Address, Connection, ConnectionLost, type Login } from './connection.ts'

type Waiting = { resolve: (connection: Connection) => void; reject: (error: Error) => void }

/** Sessions of one login, at most `max`, the last used first. */
export class Pool {
  readonly #address: Address
  readonly #login: Login
  readonly #max: number
  readonly #open = new Set<Connection>()
  readonly #idle: Connection[] = []
  readonly #waiting: Waiting[] = []
  #opening = 0
  #closed = false

  constructor(address: Address, login: Login, max: number) {
    this.#address = address
    this.#login = login
    this.#max = max
  }

  take(): Connection | Promise<Connection> {
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#open.size + this.#opening < this.#max) return this.#connect()
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  /** Gives a session back; it must be idle and clean, or destroyed. */
  give(connection: Connection): void {
    if (!connection.isOpen) return
    const next = this.#waiting.shift()
    if (next) next.resolve(connection)
    else this.#idle.push(connection)
  }

  close(): void {
    this.#closed = true
    for (const { reject } of this.#waiting.splice(0))
      reject(new ConnectionLost('the wire is closed'))
    for (const connection of this.#open) connection.destroy()
  }

  async #connect(): Promise<Connection> {
    this.#opening++
    try {
      const connection = await Connection.open(this.#address, this.#login)
      if (this.#closed) connection.destroy()
      this.#open.add(connection)
      connection.onClose = () => this.#forget(connection)
      return connection
    } finally {
      this.#opening--
      this.#serveNext()
    }
  }

  #forget(connection: Connection): void {
    this.#open.delete(connection)
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#serveNext()
  }

  /** A place became free without a session to hand on. */
  #serveNext(): void {
    if (this.#open.size + this.#opening >= this.#max) return
    const next = this.#waiting.shift()
    if (next) this.#connect().then(next.resolve, next.reject)
  }
}
