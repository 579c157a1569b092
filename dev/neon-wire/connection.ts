import { connect, type Socket } from 'node:net'
import { serialize } from 'pg-protocol'
import { decodeError, type PostgresError } from './decode.ts'
import { messageCodes, messageReader, type OnMessage } from './message.ts'

export type Address = { readonly host: string; readonly port: number }
export type Login = { readonly user: string; readonly password: string; readonly database: string }

const ACCEPTED = 0
const CLEARTEXT = 3

/** The connection to PostgreSQL could not be made, or ended in the middle of a talk. */
export class ConnectionLost extends Error {}

type Talk = {
  /** Every message but ReadyForQuery. */
  readonly onMessage: OnMessage
  /** One ReadyForQuery; `status` is `I` idle, `T` in a transaction, `E` in a failed one. */
  readonly onReady: (status: string) => void
  readonly onLost: (error: Error) => void
}

/** One session with PostgreSQL. It carries one talk at a time. */
export class Connection {
  readonly #socket: Socket
  readonly #address: Address
  #talk: Talk | undefined
  #farewell: PostgresError | undefined
  #key = { process: 0, secret: 0 }
  onClose: () => void = () => {}

  private constructor(socket: Socket, address: Address) {
    this.#socket = socket
    this.#address = address
    socket.on(
      'data',
      messageReader((code, body) => this.#receive(code, body)),
    )
    socket.on('error', () => {})
    socket.once('close', () => this.#closed())
  }

  /** Refused with a `PostgresError` (wrong password, no such database) or `ConnectionLost`. */
  static async open(address: Address, login: Login): Promise<Connection> {
    const connection = new Connection(connect({ ...address, noDelay: true }), address)
    await connection.#start(login)
    return connection
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed
  }

  talk(talk: Talk): void {
    this.#talk = talk
  }

  send(messages: Buffer[]): void {
    this.#socket.write(messages.length === 1 && messages[0] ? messages[0] : Buffer.concat(messages))
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** Asks PostgreSQL to end what this session runs; it answers there with SQLSTATE 57014. */
  cancel(): void {
    const socket = connect(this.#address)
    socket.on('error', () => {})
    socket.end(serialize.cancel(this.#key.process, this.#key.secret))
  }

  #start({ user, password, database }: Login): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#talk = {
        onMessage: (code, body) => {
          if (code === messageCodes.error) reject(decodeError(body))
          if (code === messageCodes.authentication) this.#authenticate(body, password, reject)
        },
        onReady: () => resolve(),
        onLost: reject,
      }
      this.send([serialize.startup({ user, database })])
    })
  }

  #authenticate(body: Buffer, password: string, reject: (error: Error) => void): void {
    const method = body.readInt32BE(0)
    if (method === CLEARTEXT) this.send([serialize.password(password)])
    else if (method !== ACCEPTED) {
      reject(new ConnectionLost('PostgreSQL asks for something else than a cleartext password'))
      this.destroy()
    }
  }

  #receive(code: number, body: Buffer): void {
    if (code === messageCodes.readyForQuery) this.#talk?.onReady(body.toString('latin1'))
    else this.#talk?.onMessage(code, body)
    if (code === messageCodes.error) this.#noteFarewell(decodeError(body))
    if (code === messageCodes.backendKey) {
      this.#key = { process: body.readInt32BE(0), secret: body.readInt32BE(4) }
    }
  }

  /** What the server says before it hangs up is the reason of the loss. */
  #noteFarewell(error: PostgresError): void {
    if (error.severity !== 'ERROR') this.#farewell = error
  }

  #closed(): void {
    this.#talk?.onLost(
      this.#farewell ?? new ConnectionLost('the connection to PostgreSQL was lost'),
    )
    this.onClose()
  }
}
