import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { answerTo, send } from './answer.ts'
import { type Demo, readDemo } from './demo.ts'

type Storefront = {
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
  if (port === 0) return { said: '', close: () => undefined }
  if (demo === undefined) return { said: NO_DEMO, close: () => undefined }
  const servers: Server[] = []
  const close = () => {
    for (const server of servers) server.close()
    for (const server of servers) server.closeAllConnections()
  }
  try {
    for (const host of ['127.0.0.1', '::1']) {
      servers.push(await listen(port, host, listenerFor(service, demo)))
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    // A machine without IPv6 is reached by the other address.
    if (servers.length === 0 || !/^(EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(code)) {
      close()
      return { said: refusal(port, code), close: () => undefined }
    }
  }
  return { said: `${announcement(`http://localhost:${port}`, demo)}\n`, close }
}

async function listen(port: number, host: string, listener: RequestListener): Promise<Server> {
  const server = createServer(listener)
  await once(server.listen(port, host), 'listening')
  return server
}

const listenerFor =
  (service: string, demo: Demo): RequestListener =>
  async (request, response) => {
    try {
      send(response, await answerTo(request, service, demo))
    } catch (error) {
      send(response, { status: 500, type: 'text/plain', body: String(error) })
    }
  }

const NO_DEMO =
  'The example storefront is not served: it is the shop of the tenant demo, with its client storefront.\n'

const refusal = (port: number, code: string): string =>
  `Port ${port} ${code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`}: the example storefront does not start; choose another with STOREFRONT_PORT.\n`

/** The mails and the login page lead to where the settings say. */
const announcement = (url: string, { shopUrl }: Demo): string =>
  shopUrl === url
    ? `shop ${url}`
    : `shop ${url} (mails lead to ${shopUrl}: shopUrl, cors_origins and redirect_uris in wrangler.toml name it)`
