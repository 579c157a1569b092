import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { assertWritableCheckout } from './assert-writable-checkout.ts'
import { fireCron, readCrons, startCrons } from './cron.ts'
import { clearFolder, openFolder } from './data-folder.ts'
import { startEgress } from './egress/index.ts'
import { startFrontProxy } from './front-proxy/index.ts'
import { FunctionRefused } from './functions/apply.ts'
import { lockFolder } from './lock-folder.ts'
import { makeMailList } from './mail/mail-list.ts'
import { migrate } from './migrate.ts'
import { startWire } from './neon-wire/index.ts'
import { assertPortFree, findFreePort } from './port.ts'
import { startPostgres } from './postgres.ts'
import { workerSecrets, writeSecrets } from './secret.ts'
import { warnOfChangedSettings } from './warn-of-changed-settings.ts'
import { startWorker } from './worker.ts'
import { checkSettings } from './wrangler-settings.ts'

type ServiceOptions = {
  readonly port: number
  readonly dataFolder: string
  /** The other variables of the start, as they were written before it. */
  readonly given?: string
  /** Forget everything that was kept. */
  readonly fresh: boolean
  /** Wrangler's configuration of the worker. */
  readonly config: string
  /** The origin at which the example storefront is served; undefined if it is not. */
  readonly exampleShop?: string | undefined
  /** The origins of the shops, where the links of mails lead. */
  readonly shops?: readonly string[]
  readonly print: (line: string) => void
  /** Aborted to end the start where it is. */
  readonly signal: AbortSignal
  /** What runs the worker, if not wrangler. */
  readonly startWorker?: StartWorker
}
export type StartWorker = typeof startWorker

type Service = {
  /** Settles with a sentence when a part ends by itself. */
  readonly crashed: Promise<string>
}

/**
 * Starts the service and what stands for the cloud around it. Each part's end is pushed on `undo`
 * as soon as there is something to end, so that a start that fails leaves nothing behind.
 */
export async function startService(options: ServiceOptions, undo: Undo): Promise<Service> {
  const { port, signal, print, config } = options
  const folder = openFolder(options.dataFolder)
  undo.push(await lockFolder(folder))
  if (options.fresh) clearFolder(folder)
  await assertPortFree(port, options.given)
  const url = `http://localhost:${port}`
  const environmentFile = join(folder, 'env')
  const secretsFor = (databaseUrl: string, endpoint: string, egressEndpoint: string) =>
    workerSecrets(environmentFile, {
      ...{ configFile: config, databaseUrl, endpoint, egressEndpoint, publicUrl: url },
    })
  checkSettings(config, secretsFor('postgresql://localhost', url, url))
  assertWritableCheckout(config)
  print('starting: database, service (the first start takes a minute)')

  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  undo.push(() => postgres.stop())
  signal.throwIfAborted()
  await migrateKept(postgres.connectionString(), options.dataFolder)
  const wire = await startWire({ connectionString: postgres.connectionString() })
  undo.push(() => wire.close())
  const egress = await startEgress()
  undo.push(() => egress.close())
  signal.throwIfAborted()

  const secrets = secretsFor(postgres.connectionString(), wire.endpoint, egress.endpoint)
  const { exampleShop } = options
  writeSecrets(environmentFile, {
    ...secrets,
    ...(exampleShop === undefined ? {} : { EXAMPLE_SHOP: exampleShop }),
  })
  const stateFolder = join(folder, 'wrangler')
  const run = options.startWorker ?? startWorker
  const mails = makeMailList(options.shops)
  const workerPort = await findFreePort()
  const worker = await run({
    ...{ config, script: workerFile, port: workerPort, environmentFile, stateFolder },
    ...{ print, keep: mails.keep },
  })
  undo.push(() => worker.stop())
  const front = await startFrontProxy({ port, workerPort, mails })
  undo.push(front.close)
  const crashed = Promise.race([postgres.crashed, worker.crashed])
  await untilReady(url, [crashed, stuck(worker.failed)], signal)
  const workerUrl = `http://localhost:${workerPort}`
  undo.push(warnOfChangedSettings(config, print))
  undo.push(startCrons(readCrons(config), (cron, due) => fireCron(workerUrl, cron, due, print)))
  return { crashed }
}

/** The service, with the example storefront where it is served. */
const workerFile = join(import.meta.dirname, 'storefront', 'worker-with-storefront-origin.ts')

export type Undo = (() => unknown)[]

/** Kept data and the migrations part ways when the data was made by other migrations. */
async function migrateKept(connectionString: string, folder: string): Promise<void> {
  try {
    await migrate(connectionString)
  } catch (error) {
    // That is a mistake in the code, and other data would not help.
    if (error instanceof FunctionRefused) throw error
    const cause = error instanceof Error ? (error.cause ?? error) : error
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `The data in ${folder} was made by other migrations (${why}): npm start -- --fresh deletes the data`,
    )
  }
}

/** A worker that ends is told at once; this is for one that hangs. */
const PATIENCE_SECONDS = 600

/** After an error, wrangler mostly waits until a file changes. */
const STUCK_SECONDS = 20

async function stuck(failed: Promise<string> = new Promise(() => undefined)): Promise<string> {
  const fault = await failed
  await wait(STUCK_SECONDS * 1000, undefined, { ref: false })
  return `wrangler does not start the service: ${fault}`
}

async function untilReady(
  url: string,
  ends: readonly Promise<string>[],
  signal: AbortSignal,
): Promise<void> {
  const crash = Promise.race(ends).then((sentence) => {
    throw new Error(sentence)
  })
  const end = Date.now() + PATIENCE_SECONDS * 1000
  while (!(await Promise.race([isReady(url), crash]))) {
    signal.throwIfAborted()
    if (Date.now() > end) throw new Error(`The worker did not answer within ${PATIENCE_SECONDS} s`)
    await wait(100)
  }
  signal.throwIfAborted()
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/readyz`).catch(() => undefined)
  await response?.body?.cancel()
  return response?.ok ?? false
}
