import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { startWire } from '../neon-wire/index.ts'

type Counts = { readonly roundTrips: number; readonly statements: number }
export type WireThread = {
  readonly endpoint: string
  /** Since the last call. */
  counts(): Promise<Counts>
  stop(): Promise<void>
}

/** The wire in a thread of its own, so that it does not share one with the load. */
export async function startWireThread(connectionString: string, max: number): Promise<WireThread> {
  const worker = new Worker(new URL(import.meta.url).pathname, {
    workerData: { connectionString, max },
  })
  const [endpoint] = (await once(worker, 'message')) as [string]
  return {
    endpoint,
    async counts() {
      const answer = once(worker, 'message')
      worker.postMessage('counts')
      return ((await answer) as [Counts])[0]
    },
    async stop() {
      await worker.terminate()
    },
  }
}

if (!isMainThread && parentPort !== null && workerData?.connectionString !== undefined) {
  const port = parentPort
  const wire = await startWire(workerData as { connectionString: string; max: number })
  port.on('message', () => {
    const { trips: roundTrips, statements } = wire.count()
    wire.reset()
    port.postMessage({ roundTrips, statements })
  })
  port.postMessage(wire.endpoint)
}
