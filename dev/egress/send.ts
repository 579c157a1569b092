import type { LookupAddress } from 'node:dns'
import { type IncomingMessage, request as overTcp } from 'node:http'
import { request as overTls } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'

type Sending = {
  readonly url: URL
  /** The only ones that are connected to. The name is not resolved again. */
  readonly addresses: readonly LookupAddress[]
  readonly method: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Readable
  /** Aborted when nobody waits for the answer. */
  readonly signal: AbortSignal
}

/** Sends a request to addresses that were judged, with the certificate of the name. No redirect is followed. */
export const sendToAddresses = ({
  url,
  addresses,
  method,
  headers,
  body,
  signal,
}: Sending): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? overTls : overTcp
    const lookup = answering(addresses)
    const sent = request(url.href, { method, headers, signal, lookup, agent: false }, resolve)
    sent.on('error', reject)
    body.pipe(sent)
  })

/** What Node asks instead of a resolver, for one address or for all. */
const answering =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else if (first !== undefined) done(null, first.address, first.family)
  }
