import { once } from 'node:events'

type Target = { readonly id: string; readonly webSocketDebuggerUrl: string }

/** How much a Worker's isolate holds now, garbage included, in MiB (Chrome DevTools Protocol). */
export async function heapOf(inspector: string, worker: string): Promise<number> {
  const targets = (await (await fetch(`http://${inspector}/json`)).json()) as Target[]
  const target = targets.find(({ id }) => id === worker)
  if (target === undefined) throw new Error(`no worker ${worker} to look into`)
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await once(socket, 'open')
  try {
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' }))
    const [{ data }] = (await once(socket, 'message')) as [{ data: string }]
    const { usedSize } = JSON.parse(data).result
    return Math.round((usedSize / 2 ** 20) * 10) / 10
  } finally {
    socket.close()
  }
}
