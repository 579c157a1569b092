/** What crossed the wire since the last reset. */
export type Count = {
  /** Requests to `/sql`, whatever their end: each is one round trip. */
  trips: number
  /** Statements in them; BEGIN and COMMIT of a batch are not the caller's. */
  statements: number
  /** WebSocket connections. */
  sockets: number
}

const nothing = (): Count => ({ trips: 0, statements: 0, sockets: 0 })

/** Counts in all, and apart for each `application_name` of the callers' connection strings. */
export class TrafficCounter {
  readonly #all = nothing()
  readonly #byName = new Map<string, Count>()

  of(name?: string): Count {
    if (name === undefined) return this.#all
    const known = this.#byName.get(name)
    if (known) return known
    const fresh = nothing()
    this.#byName.set(name, fresh)
    return fresh
  }

  reset(): void {
    for (const count of [this.#all, ...this.#byName.values()]) Object.assign(count, nothing())
  }
}
