import type { RequestListener } from 'node:http'
import { listenOnLoopback, systemErrorCode } from '../listen-on-loopback.ts'
import { answerTo, sendAnswer } from './answer.ts'
import { type Demo, readDemo } from './demo.ts'
import { USUAL_STOREFRONT_ORIGIN } from './storefront-origin.ts'

type Storefront = {
  /** Where it is served; undefined if it is not. */
  readonly origin: string | undefined
  /** What the start prints of it: a line, or nothing. */
  readonly said: string
  readonly close: () => void
}

type StorefrontOptions = {
  /** 0: none is wanted. */
  readonly port: number
  /** The URL of the service. */
  readonly service: string
  /** Wrangler's configuration. */
  readonly config: string
}

/** Serves the example storefront on this machine alone. If it cannot, it says so, and nothing else depends on it. */
export async function startStorefront(options: StorefrontOptions): Promise<Storefront> {
  const { port, service, config } = options
  const demo = readDemo(config)
  if (port === 0) return absent('')
  if (demo === undefined) return absent(NO_DEMO)
  // The service will be there.
  if (new URL(service).port === String(port)) return absent(refusal(port, 'EADDRINUSE', demo))
  try {
    const { close } = await listenOnLoopback(port, listenerFor(service, demo))
    const origin = `http://localhost:${port}`
    return { origin, said: `${announcement(origin, demo)}\n`, close }
  } catch (error) {
    return absent(refusal(port, systemErrorCode(error), demo))
  }
}

const absent = (said: string): Storefront => ({ origin: undefined, said, close: () => undefined })

const listenerFor =
  (service: string, demo: Demo): RequestListener =>
  async (request, response) => {
    try {
      sendAnswer(response, await answerTo(request, service, demo))
    } catch (error) {
      sendAnswer(response, { status: 500, type: 'text/plain', body: String(error) })
    }
  }

const NO_DEMO =
  'The example storefront does not start, because the settings have no tenant demo with a client storefront.\n'

const refusal = (port: number, code: string, { shopUrl }: Demo): string =>
  `Port ${port} ${code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`}: the example storefront does not start, and mails lead to ${shopUrl}. Choose another port with STOREFRONT_PORT.\n`

/** Mails and logins follow the example, unless the settings name a shop of one's own. */
const announcement = (url: string, { shopUrl }: Demo): string =>
  shopUrl === url || shopUrl === USUAL_STOREFRONT_ORIGIN
    ? `shop ${url}`
    : `shop ${url} (mails lead to ${shopUrl}: shopUrl in wrangler.toml names it)`
