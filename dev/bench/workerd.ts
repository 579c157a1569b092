import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findFreePort } from '../port.ts'

export type Service = {
  readonly name: string
  /** Of the bundled module, relative to the folder of the configuration. */
  readonly module: string
  /** Texts, and what is not a text as JSON. */
  readonly bindings: Readonly<Record<string, unknown>>
  /** Names of queue bindings; what is sent is taken and forgotten. */
  readonly queues: readonly string[]
  /** Another service that it may call, as the binding SERVICE, also by other doors than `fetch`. */
  readonly calls?: string
}

export type Workerd = {
  readonly pid: number
  readonly urlOf: (service: string) => string
  stop(): Promise<void>
}

/** Opens the Worker's other doors: what is posted to the path of a queue comes as one batch, a moment as a minute of the clock. */
const broker = `export default {
  async fetch(request, { SERVICE }) {
    if (request.method !== 'POST') return new Response()
    const [, door, queue] = new URL(request.url).pathname.split('/')
    const given = await request.json()
    if (door === 'cron') return Response.json(await SERVICE.scheduled({ cron: '* * * * *', scheduledTime: new Date(given) }))
    const messages = given.map((body, n) => ({ id: String(n), timestamp: new Date(), attempts: 1, body }))
    return Response.json(await SERVICE.queue(queue, messages))
  },
}`

/** A queue for a measurement: it takes every message and does nothing. What it leaves unread would never be sent to its end. */
const sink = `export default {
  async fetch(request) {
    await request.arrayBuffer()
    return Response.json({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 } } })
  },
}`

export type Serving = {
  readonly port?: number | undefined
  /** What an isolate may hold; without a bound its garbage is left lying for gigabytes. */
  readonly heapMiB?: number | undefined
}

/** Serves bundled Workers in the bare runtime, each on a free port of the loopback address, the first on `port` if given. */
export async function startWorkerd(
  folder: string,
  compatibilityDate: string,
  services: readonly Service[],
  { port, heapMiB }: Serving = {},
): Promise<Workerd> {
  const ports = new Map<string, number>()
  for (const { name } of services) ports.set(name, await findFreePort())
  const [first] = services
  if (port !== undefined && first !== undefined) ports.set(first.name, port)
  await writeFile(join(folder, 'sink.js'), sink)
  await writeFile(join(folder, 'broker.js'), broker)
  const file = join(folder, 'workerd.capnp')
  await writeFile(file, configuration(services, ports, compatibilityDate, heapMiB))
  const process_ = spawn('node_modules/workerd/bin/workerd', ['serve', '--experimental', file], {
    stdio: 'ignore',
  })
  await answering(process_, [...ports.values()])
  return {
    pid: process_.pid ?? 0,
    urlOf: (service) => `http://127.0.0.1:${ports.get(service)}`,
    async stop() {
      process_.kill('SIGTERM')
      await once(process_, 'exit')
    },
  }
}

async function answering(process_: ChildProcess, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    for (let tries = 0; ; tries++) {
      if (process_.exitCode !== null) throw new Error('workerd could not start')
      const answered = await fetch(`http://127.0.0.1:${port}/healthz`).then(
        () => true,
        () => false,
      )
      if (answered) break
      if (tries > 15_000) throw new Error('workerd does not answer')
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
}

function configuration(
  services: readonly Service[],
  ports: ReadonlyMap<string, number>,
  date: string,
  heapMiB: number | undefined,
): string {
  const flags = heapMiB === undefined ? '' : `v8Flags = ["--max-old-space-size=${heapMiB}"],`
  const workers = services.map(
    ({ name, module, bindings, queues, calls }) => `    (name = ${quote(name)}, worker = (
      modules = [(name = "worker", esModule = embed ${quote(module)})],
      compatibilityDate = ${quote(date)}, compatibilityFlags = [${calls === undefined ? '"nodejs_compat"' : '"service_binding_extra_handlers"'}],
      bindings = [${[...Object.entries(bindings).map(binding), ...queues.map(queue), ...callee(calls)].join(', ')}],
    )),`,
  )
  const sockets = services.map(
    ({ name }) =>
      `    (name = ${quote(name)}, address = "127.0.0.1:${ports.get(name)}", http = (), service = ${quote(name)}),`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  ${flags}
  services = [
${workers.join('\n')}
    (name = "sink", worker = (modules = [(name = "worker", esModule = embed "sink.js")], compatibilityDate = ${quote(date)})),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [
${sockets.join('\n')}
  ],
);
`
}

const binding = ([name, value]: [string, unknown]): string =>
  typeof value === 'string'
    ? `(name = ${quote(name)}, text = ${quote(value)})`
    : `(name = ${quote(name)}, json = ${quote(JSON.stringify(value))})`

const callee = (service: string | undefined): string[] =>
  service === undefined ? [] : [`(name = "SERVICE", service = ${quote(service)})`]

const queue = (name: string): string => `(name = ${quote(name)}, queue = "sink")`

const quote = (text: string): string => JSON.stringify(text)
