import type { Context as HonoContext } from 'hono'
import { CLIENT_ASSERTION_TYPE, type ClientCredentials, clientIdInAssertion } from '#core/identity'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'
import { decodeFormValue } from './form.ts'

/** The parameters of a form by which a client says who it is. */
type Fields = {
  readonly client_id?: string | undefined
  readonly client_secret?: string | undefined
  readonly client_assertion?: string | undefined
  readonly client_assertion_type?: string | undefined
}

/**
 * Reads how a client says who it is (RFC 6749, 2.3): HTTP Basic, a secret in the form, an assertion (RFC 7521, 4.2), or its name alone. Refuses
 * `invalid_client` for a header that is not Basic or is malformed, also if the form is right, and for an assertion of a type that is not known;
 * `invalid_request` for two methods in one request, also when both say the same.
 */
export function readClientCredentials(c: HonoContext<Env>, fields: Fields): ClientCredentials {
  const header = c.req.header('Authorization')
  const basic = header === undefined ? null : readBasic(header)
  const { client_id: id, client_secret: secret, client_assertion: assertion } = fields
  // No secret belongs into a URL, which ends up in logs.
  const inUrl = c.req.query('client_secret') ?? c.req.query('client_assertion')
  const methods = [basic, secret, assertion, inUrl]
  const given = methods.filter((method) => method !== undefined && method !== null)
  if (given.length > 1) {
    throw new Refusal('invalid_request', { detail: 'The client authenticates twice. Use one way.' })
  }
  if (inUrl !== undefined) throw new Refusal('invalid_client')
  if (basic !== null) {
    if (id === undefined || basic.ids.includes(id)) return basic
    throw new Refusal('invalid_request', {
      detail: 'The request names two different clients. Name only one.',
    })
  }
  if (assertion !== undefined) {
    if (fields.client_assertion_type !== CLIENT_ASSERTION_TYPE) throw new Refusal('invalid_client')
    return { by: 'assertion', ids: asSent(id ?? clientIdInAssertion(assertion)), assertion }
  }
  if (secret === undefined) return { by: 'name', ids: asSent(id ?? '') }
  return { by: 'secret', ids: asSent(id ?? ''), secrets: asSent(secret) }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * RFC 7617. RFC 6749 (2.3.1) wants both values form-encoded before; many clients, such as `curl -u`, send them as they are. The two forms look alike, so each value is read in both ways.
 */
function readBasic(header: string): ClientCredentials {
  const encoded = /^Basic +(\S+) *$/i.exec(header)?.[1] ?? ''
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) throw new Refusal('invalid_client')
  const [id, secret] = splitAtColon(decodeUtf8(bytes))
  return { by: 'secret', ids: inBothReadings(id), secrets: inBothReadings(secret) }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Refusal('invalid_client')
  }
}

/** An id has no colon, a secret may. */
function splitAtColon(text: string): [id: string, secret: string] {
  const colon = text.indexOf(':')
  if (colon < 0) throw new Refusal('invalid_client')
  return [text.slice(0, colon), text.slice(colon + 1)]
}

const asSent = (text: string): [string, string] => [text, text]
const inBothReadings = (text: string): [string, string] => [text, decodeFormValue(text) ?? text]
