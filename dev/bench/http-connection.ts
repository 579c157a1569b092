import { createConnection, type Socket } from 'node:net'

/** A connection without a word for so long is closed, by whoever was to say one. */
const SILENCE_MS = 30_000

/**
 * One kept-alive HTTP/1.1 connection that sends a request, waits for the whole answer, and sends the next. A client library
 * would take a good part of the machine that is being measured.
 */
export class HttpConnection {
  readonly #socket: Socket
  #received = Buffer.alloc(0)
  #answered: ((status: number) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.#socket = createConnection({ host: hostname, port: Number(port), noDelay: true })
    this.#socket.setTimeout(SILENCE_MS, () => this.#socket.destroy())
    this.#socket.on('data', (chunk) => this.#take(chunk))
    this.#socket.on('error', (error) => this.#failed?.(error))
    this.#socket.on('close', () => this.#failed?.(new Error('the connection was closed')))
  }

  /** The other side closes a connection that has been idle for a while. */
  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.readable
  }

  /** The status of the answer. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#failed = undefined
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    const whole =
      length === undefined
        ? / 204 /.test(head) || this.#received.subarray(-5).toString('latin1') === '0\r\n\r\n'
        : this.#received.length >= end + 4 + Number(length)
    if (!whole) return
    this.#received = Buffer.alloc(0)
    this.#answered?.(Number(head.slice(9, 12)))
  }
}
