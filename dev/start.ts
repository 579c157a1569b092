import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startService, type Undo } from './service.ts'
import { welcome } from './welcome.ts'

const DEFAULT_PORT = 8787

/** Runs the service until it is told to end (0) or cannot go on (1); resolves with the exit code. */
async function run(signal: AbortSignal): Promise<number> {
  const undo: Undo = []
  try {
    const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } })
    const service = await startService(
      {
        port: readPort(process.env.PORT),
        dataFolder: process.env.DATA_DIR || '.data',
        fresh: values.fresh,
        config: join(import.meta.dirname, '..', 'wrangler.toml'),
        print: (line) => console.log(line),
        signal,
      },
      undo,
    )
    const text = await welcome(service.url)
    console.log(`ready ${service.url}\n${text}`)
    const sentence = await Promise.race([service.crashed, aborted(signal)])
    if (sentence === undefined) return 0
    throw new Error(sentence)
  } catch (error) {
    if (signal.aborted) return 0
    console.error(error instanceof Error ? error.message : error)
    return 1
  } finally {
    for (const end of undo.reverse()) await end()
  }
}

function readPort(text: string | undefined): number {
  const port = Number(text || DEFAULT_PORT)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`PORT must be a number from 1 to 65535, not ${text}`)
}

const aborted = (signal: AbortSignal) =>
  new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined))
  })

const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => ending.abort())

// npm that is killed cannot hand its signal on.
const npm = process.ppid
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid === npm || ending.abort(), 250).unref()
}

process.exit(await run(ending.signal))
