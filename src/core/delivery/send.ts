import type { Context } from '#core/context'
import { PrivateAddressRefused } from '#kernel/error'
import type { DeliveryError } from './field-list.ts'
import { OVERLOADED_ENDPOINT_PAUSE_MS, readRetryAfter } from './schedule.ts'
import { canonicalUrl, isAllowedUrl } from './url.ts'
import { type Message, signedHeaders } from './webhook-secret-and-signature.ts'

export type Endpoint = { readonly url: string; readonly secrets: readonly string[] }

/** The result of one attempt. */
export type Attempt = {
  readonly delivered: boolean
  readonly status: number | null
  /** At most the first kilobyte. */
  readonly body: string | null
  readonly durationMs: number
  readonly error: DeliveryError | null
  /** The endpoint asked for a pause until this time. */
  readonly pause: Date | null
  /** The endpoint refuses all further messages (410). */
  readonly gone: boolean
}

const STORED_BYTES = 1024
const OVERLOADED = new Set([429, 502, 504])

/** Sends a message once. It never throws: a failure is a result. */
export async function sendMessage(
  ctx: Context,
  { url, secrets }: Endpoint,
  message: Message,
): Promise<Attempt> {
  const started = Date.now()
  const ended = (rest: Partial<Attempt>): Attempt => ({
    ...{ delivered: false, status: null, body: null, error: null, pause: null, gone: false },
    ...rest,
    durationMs: Date.now() - started,
  })
  const target = canonicalUrl(url)
  if (target === null || !isAllowedUrl(target, ctx.deployment)) {
    return ended({ error: 'url_not_allowed' })
  }
  try {
    const response = await ctx.fetch(target, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'customer-service',
        ...signedHeaders(message, secrets, ctx.now),
      },
      body: message.body,
      signal: AbortSignal.timeout(ctx.settings.webhook_timeout_seconds * 1000),
    })
    return ended({ ...resultOf(response, ctx.now), body: await readStart(response) })
  } catch (error) {
    return ended({ error: errorOf(error) })
  }
}

function errorOf(error: unknown): DeliveryError {
  if (error instanceof PrivateAddressRefused) return 'url_not_allowed'
  return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable'
}

function resultOf({ status, headers }: Response, now: Date): Partial<Attempt> {
  if (status >= 200 && status < 300) return { status, delivered: true }
  const retryAfter = readRetryAfter(headers.get('Retry-After'), now)
  const usual = OVERLOADED.has(status)
    ? new Date(now.getTime() + OVERLOADED_ENDPOINT_PAUSE_MS)
    : null
  return {
    status,
    error: status >= 300 && status < 400 ? 'redirect' : 'status',
    pause: retryAfter ?? usual,
    gone: status === 410,
  }
}

/** The beginning of an answer. The rest is not read, and an answer that breaks off is no failure. */
async function readStart({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let room = STORED_BYTES
  const reader = body?.getReader()
  try {
    while (reader !== undefined && room > 0) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value.subarray(0, room))
      room -= value.length
    }
  } catch {
    // The status was received, and it decides the result.
  }
  await reader?.cancel().catch(() => undefined)
  return toText(Buffer.concat(chunks))
}

/** The text that Postgres can store; a character that was cut in two is left out. */
const toText = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes, { stream: true }).replaceAll('\0', '\ufffd')
