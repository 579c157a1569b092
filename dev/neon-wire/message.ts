/** PostgreSQL's messages to a client, as far as the wire reads them (protocol 3.0, chapter 54). */
export const messageCodes = {
  authentication: 0x52,
  backendKey: 0x4b,
  commandComplete: 0x43,
  copyIn: 0x47,
  copyOut: 0x48,
  dataRow: 0x44,
  emptyQuery: 0x49,
  error: 0x45,
  readyForQuery: 0x5a,
  rowDescription: 0x54,
} as const

export type OnMessage = (code: number, body: Buffer) => void

const HEAD = 5

/** Cuts a byte stream into messages; a body is a view into the stream's own bytes. */
export function messageReader(onMessage: OnMessage): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let size = 0
  let needed = HEAD
  return (chunk) => {
    parts.push(chunk)
    size += chunk.length
    if (size < needed) return
    const bytes = parts.length === 1 ? chunk : Buffer.concat(parts, size)
    let at = 0
    needed = HEAD
    while (at + HEAD <= bytes.length) {
      const length = 1 + bytes.readUInt32BE(at + 1)
      if (at + length > bytes.length) {
        needed = length
        break
      }
      onMessage(bytes.readUInt8(at), bytes.subarray(at + HEAD, at + length))
      at += length
    }
    parts = at < bytes.length ? [bytes.subarray(at)] : []
    size = bytes.length - at
  }
}
