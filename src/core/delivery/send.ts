import type { Context } from '#core/context'
import type { DeliveryError } from './field.ts'
import { readRetryAfter, USUAL_PAUSE_MS } from './schedule.ts'
import { type Message, signedHeaders } from './secret.ts'
import { isAllowedUrl } from './url.ts'

export type Endpoint = { readonly url: string; readonly secrets: readonly string[] }

/** What came of one attempt. */
export type Attempt = {
  readonly delivered: boolean
  readonly status: number | null
  /** At most the first kilobyte. */
  readonly body: string | null
  readonly durationMs: number
  readonly error: DeliveryError | null
  /** The endpoint wants nothing before this. */
  readonly pause: Date | null
  /** The endpoint wants nothing ever again (410). */
  readonly gone: boolean
}

const KEPT_BYTES = 1024
const OVERLOADED = new Set([429, 502, 504])

/** Sends a message once. Never throws: whatever an endpoint does is a result. */
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
  if (!isAllowedUrl(url, ctx.deployment)) return ended({ error: 'url_not_allowed' })
  try {
    const response = await ctx.fetch(url, {
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
    return ended({ ...judge(response, ctx.now), body: await readStart(response) })
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    return ended({ error: timedOut ? 'timeout' : 'unreachable' })
  }
}

function judge({ status, headers }: Response, now: Date): Partial<Attempt> {
  if (status >= 200 && status < 300) return { status, delivered: true }
  const retryAfter = readRetryAfter(headers.get('Retry-After'), now)
  const usual = OVERLOADED.has(status) ? new Date(now.getTime() + USUAL_PAUSE_MS) : null
  return {
    status,
    error: status >= 300 && status < 400 ? 'redirect' : 'status',
    pause: retryAfter ?? usual,
    gone: status === 410,
  }
}

/** The beginning of an answer; the rest, however long, is left where it is. What breaks off has been enough. */
async function readStart({ body }: Response): Promise<string> {
  const kept: Uint8Array[] = []
  let room = KEPT_BYTES
  const reader = body?.getReader()
  try {
    while (reader !== undefined && room > 0) {
      const { done, value } = await reader.read()
      if (done) break
      kept.push(value.subarray(0, room))
      room -= value.length
    }
  } catch {
    // The status has come, and it is what counts.
  }
  await reader?.cancel().catch(() => undefined)
  return toText(Buffer.concat(kept))
}

/** What Postgres can keep of it; a character that was cut in two is left out. */
const toText = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes, { stream: true }).replaceAll('\0', '\ufffd')
