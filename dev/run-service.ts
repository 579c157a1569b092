import { join } from 'node:path'
import { readArgs } from './command-line.ts'
import { originsWithoutServer, originWithoutServerSentence } from './mail/origin-without-server.ts'
import { MAIL_PATH } from './mail/path.ts'
import { type StartWorker, startService, type Undo } from './service.ts'
import { startHelpText } from './start-help.ts'
import { startStorefront } from './storefront/index.ts'
import { mailLinkOrigins, USUAL_STOREFRONT_PORT } from './storefront/storefront-origin.ts'
import { welcomeText } from './welcome.ts'
import { readShops, shopUrlsOf } from './wrangler-settings.ts'

const DEFAULT_PORT = 8787

type ServeOptions = {
  /** What stands behind the command. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly print: (text: string) => void
  /** The sentence that says why the service cannot go on. */
  readonly complain: (text: string) => void
  /** Aborted when it is told to end. */
  readonly signal: AbortSignal
  /** What runs the worker, if not wrangler. */
  readonly startWorker?: StartWorker
  /** Wrangler's configuration, if not that of this project. */
  readonly config?: string
}

/** Runs the service until it is told to end (0) or cannot go on (1); resolves with the exit code, and leaves nothing that runs. */
export async function runServiceUntilStopped({
  args,
  env,
  print,
  complain,
  signal,
  startWorker,
  config: usual = join(import.meta.dirname, '..', 'wrangler.toml'),
}: ServeOptions): Promise<number> {
  const undo: Undo = []
  try {
    const { fresh, help, config = usual } = readOptions(args)
    if (help) {
      print(startHelpText(DEFAULT_PORT))
      return 0
    }
    const port = readPort('PORT', env.PORT || DEFAULT_PORT, 1)
    const shopPort = readPort('STOREFRONT_PORT', env.STOREFRONT_PORT || USUAL_STOREFRONT_PORT, 0)
    const url = `http://localhost:${port}`
    const shop = await startStorefront({ port: shopPort, service: url, config })
    undo.push(shop.close)
    const shops = mailLinkOrigins(shopUrlsOf(config), shop.origin)
    const service = await startService(
      {
        port,
        exampleShop: shop.origin,
        shops,
        dataFolder: env.DATA_DIR || '.data',
        given: written(env, ['DATA_DIR', 'STOREFRONT_PORT']),
        fresh,
        config,
        print,
        signal,
        ...(startWorker === undefined ? {} : { startWorker }),
      },
      undo,
    )
    const text = await welcomeText(url, readShops(config))
    const empty = (await originsWithoutServer(shops))
      .map((origin) => `${originWithoutServerSentence(origin)}\n`)
      .join('')
    print(`ready ${url}\nmail ${url}${MAIL_PATH}\n${shop.said}${empty}${text}`)
    const sentence = await Promise.race([service.crashed, aborted(signal)])
    if (sentence === undefined) return 0
    throw new Error(sentence)
  } catch (error) {
    if (signal.aborted) return 0
    complain(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    for (const end of undo.reverse()) await end()
  }
}

/** Variables as a shell reads them, for a command that is to be pasted. */
const written = (env: ServeOptions['env'], names: readonly string[]): string =>
  names.map((name) => (env[name] ? `${name}=${quoted(env[name])} ` : '')).join('')

const quoted = (text: string): string =>
  /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

function readPort(name: string, text: string | number, least: number): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= least && port < 65_536) return port
  throw new Error(`${name} must be a number from ${least} to 65535, not ${text}`)
}

function readOptions(args: readonly string[]) {
  const option = { type: 'boolean', default: false } as const
  const options = { fresh: option, help: option, config: { type: 'string' } } as const
  return readArgs(args, { name: 'npm start', options }).values
}

const aborted = (signal: AbortSignal) =>
  new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined))
  })
