import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { RequestRefused } from './refusal.ts'

/** One request and its sender, over HTTP or within the process. */
export type ReceivedRequest = {
  readonly headers: IncomingHttpHeaders
  /** The whole body; refused with 413 when it is longer. */
  readonly body: (maxBytes: number) => Promise<Buffer>
  readonly isGone: () => boolean
  /** Calls when the sender goes away before it has an answer. Returns what ends the watch. */
  readonly onGone: (listener: () => void) => () => void
  /** Breaks the connection: the sender gets no answer. */
  readonly cut: () => void
}

/** The sender at the other end of a socket. */
export const receivedHttpRequest = (
  request: IncomingMessage,
  response: ServerResponse,
): ReceivedRequest => ({
  headers: request.headers,
  body: (maxBytes) => readBody(request, maxBytes),
  isGone: () => response.destroyed,
  onGone: (listener) => {
    response.once('close', listener)
    return () => void response.off('close', listener)
  },
  cut: () => void response.destroy(),
})

/** The sender within this process, which leaves by its signal. */
export function receivedInProcessRequest(
  headers: Headers,
  body: string,
  signal?: AbortSignal | null,
): ReceivedRequest {
  const bytes = Buffer.from(body)
  const leaving = new AbortController()
  signal?.addEventListener('abort', () => leaving.abort(), { once: true })
  return {
    headers: Object.fromEntries(headers),
    body: async (maxBytes) => {
      if (bytes.length > maxBytes) throw tooLarge(maxBytes)
      return bytes
    },
    isGone: () => leaving.signal.aborted,
    onGone: (listener) => {
      leaving.signal.addEventListener('abort', listener)
      return () => leaving.signal.removeEventListener('abort', listener)
    },
    cut: () => leaving.abort(),
  }
}

/** What exceeds the limit is read to its end, so that the answer arrives, and not kept. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else chunks.length = 0
    })
    request.on('end', () => {
      if (size > maxBytes) reject(tooLarge(maxBytes))
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    })
    request.on('error', reject)
  })
}

const tooLarge = (maxBytes: number) =>
  new RequestRefused(413, `request is too large (max is ${maxBytes} bytes)`)
