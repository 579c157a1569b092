import { Refusal } from '#kernel/error'
import { errorFields, log } from '#kernel/log'

export type ProviderRequest = {
  /** The name of the question in the log. */
  readonly what: string
  readonly url: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams
  /** Milliseconds. */
  readonly within?: number
}

export type ProviderResponse = { readonly status: number; readonly body: unknown }

const WITHIN_MS = 8_000
const RETRY_AFTER = 5

/** The refusal when the provider is away or its answer is unusable. The caller may try again. */
export function providerAwayRefusal(what: string, fields: Parameters<typeof log>[2] = {}): Refusal {
  log('warn', 'the identity provider does not answer', { what, ...fields })
  return new Refusal('issuer_unavailable', { retryAfter: RETRY_AFTER })
}

/**
 * Asks an identity provider. Hanzo ID answers unknown paths with 200 and a page. So only a JSON answer counts. No redirect is followed.
 * Refuses `issuer_unavailable` for a missing or late answer, 5xx and 429.
 */
export async function requestProvider(
  fetcher: typeof fetch,
  question: ProviderRequest,
): Promise<ProviderResponse> {
  const { what, url, method = 'GET', headers = {}, body, within = WITHIN_MS } = question
  try {
    const response = await fetcher(url, {
      method,
      headers: { Accept: 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(within),
    })
    const { status } = response
    if (status === 204) return { status, body: null }
    const isJson = /^application\/([\w.-]+\+)?json\b/i.test(
      response.headers.get('Content-Type') ?? '',
    )
    if (status >= 500 || status === 429 || !isJson) {
      await response.body?.cancel()
      throw providerAwayRefusal(what, { status, isJson })
    }
    return { status, body: await response.json() }
  } catch (error) {
    throw error instanceof Refusal ? error : providerAwayRefusal(what, errorFields(error))
  }
}
