import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eachLine } from './each-line.ts'
import type { Entry } from './mail/entry.ts'
import { commandAsAccount } from './os-account.ts'
import { findFreePort } from './port.ts'
import { compileCacheFolder } from './run.ts'
import { wranglerErrorFilter, wranglerOutputFilter } from './wrangler-output.ts'

type Worker = {
  /** Settles when wrangler ends by itself, with the reason; never after `stop`. */
  readonly crashed: Promise<string>
  /** Settles with the first error that wrangler tells. It may go on, or wait for another version of a file. */
  readonly failed?: Promise<string>
  stop(): Promise<void>
}

type WorkerOptions = {
  readonly config: string
  /** The Worker's first file, if not that of the configuration. */
  readonly script?: string
  readonly port: number
  /** The secrets, as a dotenv file. */
  readonly environmentFile: string
  /** Where wrangler keeps what it simulates, and its own logs. */
  readonly stateFolder: string
  readonly print: (line: string) => void
  /** Gets the mails that it sends. */
  readonly keep?: (entry: Entry) => void
}

/** Runs the worker in `wrangler dev`, with every binding simulated, and prints what it says. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { config, script, port, environmentFile, stateFolder, print, keep = () => {} } = options
  const wrangler = dirname(createRequire(import.meta.url).resolve('wrangler/package.json'))
  const command = commandAsAccount(process.execPath, [
    ...['--no-warnings', join(wrangler, 'wrangler-dist', 'cli.js'), 'dev'],
    ...(script === undefined ? [] : [script]),
    ...['--config', config, '--local', '--port', String(port)],
    ...['--inspector-port', String(await findFreePort())],
    ...['--env-file', environmentFile, '--persist-to', stateFolder],
    // The Worker judges the host that was asked for.
    '--infer-origin-from-routes=false',
    '--show-interactive-dev-session=false',
  ])
  const child = spawn(command.program, command.args, {
    env: { ...process.env, ...quick, ...quiet, ...privateTo(stateFolder) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C does not reach it, and nothing in it outlives the stop.
    detached: true,
  })
  let speak = print
  eachLine(
    child.stdout,
    wranglerOutputFilter((line) => speak(line), keep),
  )
  let fail: (line: string) => void
  const failed = new Promise<string>((resolve) => {
    fail = resolve
  })
  eachLine(
    child.stderr,
    wranglerErrorFilter((line) => {
      const [, fault] = /✘ \[ERROR\] (.+)/.exec(line) ?? []
      if (fault !== undefined) fail(fault)
      speak(line)
    }),
  )
  const worker = handle(child)
  return {
    ...worker,
    failed,
    stop: () => {
      // What breaks while it ends is nobody's concern.
      speak = () => {}
      return worker.stop()
    },
  }
}

/** Wrangler is one file of sixteen megabytes, which takes a second to compile. */
const quick = { NODE_COMPILE_CACHE: compileCacheFolder }

const quiet = {
  // Only the top of the file was judged, and an exported variable would choose another part.
  CLOUDFLARE_ENV: '',
  // A page that shows what the bindings hold, to whoever asks.
  X_LOCAL_EXPLORER: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  NO_COLOR: '1',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_SEND_METRICS: 'false',
}

/** Gives each wrangler its own registry, so that parallel ones do not find each other's Worker and queue. */
const privateTo = (folder: string) => ({
  WRANGLER_LOG_PATH: join(folder, 'log'),
  WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
})

function handle(child: ChildProcess): Worker {
  const exited = once(child, 'exit')
  let stopping = false
  const crashed = exited.then(([code, signal]) => {
    if (stopping) return new Promise<never>(() => {})
    return `wrangler ended by itself (${signal ?? `exit code ${code}`})`
  })
  return {
    crashed,
    stop: async () => {
      stopping = true
      signalGroup(child, 'SIGINT')
      await Promise.race([exited, wait(5000, undefined, { ref: false })])
      signalGroup(child, 'SIGKILL')
      await exited
    },
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}
