import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../../dev/port.ts'
import { until } from '../support/until.ts'

export type Running = {
  readonly url: string
  /** The development token that the start printed. */
  readonly token: string
  /** The file that holds what the service has printed until now. */
  readonly output: string
  stop(): Promise<void>
}

/**
 * Runs `npm start` of a checkout, on a free port and with a data folder of its own.
 *
 * @param shopPort where the example storefront is; 0: there is none, for the tests have shops of their own
 * @param options of the start
 */
export async function startCheckout(
  checkout: string,
  shopPort = 0,
  options: readonly string[] = [],
): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-clients-'))
  const output = join(folder, 'output')
  const port = String(await findFreePort())
  const npm = spawn('npm', ['start', '--', ...options], {
    cwd: checkout,
    env: {
      ...process.env,
      PORT: port,
      STOREFRONT_PORT: String(shopPort),
      DATA_DIR: join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const file = createWriteStream(output)
  npm.stdout.pipe(file, { end: false })
  npm.stderr.pipe(file, { end: false })
  const ended = once(npm, 'close')
  const stop = async () => {
    npm.kill('SIGTERM')
    await ended
    file.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await until(async () => {
      if (npm.exitCode !== null) throw new Error(`It ended: ${await readFile(output, 'utf8')}`)
      return /^export TOKEN=/m.test(await readFile(output, 'utf8').catch(() => ''))
    })
    const token = /^export TOKEN=(\S+)$/m.exec(await readFile(output, 'utf8'))?.[1] ?? ''
    return { url: `http://localhost:${port}`, token, output, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
