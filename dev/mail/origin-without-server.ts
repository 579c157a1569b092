import { connect } from 'node:net'

const PATIENCE_MS = 500
/** The names of this machine, as a URL has them. */
const HERE = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** Those of the places on this machine where nothing runs. Other machines are not asked. */
export async function originsWithoutServer(origins: readonly string[]): Promise<readonly string[]> {
  const judged = await Promise.all(
    origins.map(async (origin) => ({ origin, isEmpty: await isEmpty(new URL(origin)) })),
  )
  return judged.filter(({ isEmpty }) => isEmpty).map(({ origin }) => origin)
}

async function isEmpty({ hostname, protocol, port }: URL): Promise<boolean> {
  if (!HERE.test(hostname)) return false
  const at = Number(port) || (protocol === 'https:' ? 443 : 80)
  const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => listens(host, at)))
  return !answers.includes(true)
}

const listens = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', () => end(false))
  })

/** What the start and the page of mails say of such a place. */
export const originWithoutServerSentence = (origin: string): string =>
  `Nothing runs at ${origin}, where the links of mails lead. Start your shop there, or set shopUrl in wrangler.toml to the URL of your shop.`
