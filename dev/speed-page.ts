import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nounAndKeyOfEachRoute } from '../src/http/access.ts'
import type { Report } from './bench/report.ts'
import { fillGeneratedParts, markdownTable } from './fill-generated-parts.ts'
import { root } from './run.ts'

export const speedFile = 'docs/speed.md'

/** The last run of the bench that the page shows: with 8 connections, and the ratio to the floor with 32. */
type Measured = {
  readonly customers: number
  readonly machine: string
  readonly bundleKiB: number
  readonly startupMs: number
  readonly routes: readonly {
    readonly name: string
    readonly rps: number
    readonly p50: number
    readonly p99: number
    readonly ofFloor: number
    readonly ofFloorAt32: number
    readonly workerCpuMs: number
    readonly databaseCpuMs: number
  }[]
}

const measuredFile = join(root, 'dev/bench/measured.json')

/** Prices in dollars: a million requests, a million CPU milliseconds, a million operations of a queue, an hour of a compute unit. */
const PRICES = { requests: 0.3, cpuMs: 0.02, operations: 0.4, computeHour: 0.14 }
/** A message is written, read and deleted. */
const OPERATIONS = 3
/** How busy the database's compute is. */
const BUSY = 0.5

const costs = [
  { what: 'reads of a customer', name: 'GET /customer/{id}', messages: 0 },
  { what: 'customers created', name: 'POST /customer', messages: 1 },
  { what: 'profile changes', name: 'PATCH /customer/{id}', messages: 1 },
  { what: 'orders recorded', name: 'PUT /customer/{id}/order/{orderId}', messages: 1 },
]

function costRows({ routes }: Measured): string[][] {
  return costs.map(({ what, name, messages }) => {
    const route = routes.find((one) => one.name === name)
    if (route === undefined) throw new Error(`${measuredFile} has no ${name}`)
    const workers = PRICES.requests + PRICES.cpuMs * route.workerCpuMs
    const neon = ((route.databaseCpuMs * 1000) / 3600 / BUSY) * PRICES.computeHour
    const queues = messages * OPERATIONS * PRICES.operations
    return [what, ...[workers, neon, queues, workers + neon + queues].map((it) => it.toFixed(2))]
  })
}

/** The page with the tables of the last run. Throws when it shows a route that is gone. */
export async function speedText(): Promise<string> {
  const measured: Measured = JSON.parse(await readFile(measuredFile, 'utf8'))
  const known = new Set(nounAndKeyOfEachRoute.map(([, key]) => key as string))
  for (const { name } of measured.routes) {
    const route = name.replace(/ \[.*/, '')
    if (!known.has(route)) throw new Error(`${measuredFile} has ${route}, which is no route`)
  }
  const { customers, machine, bundleKiB, startupMs } = measured
  const head = ['route', 'req/s', 'p50 ms', 'p99 ms', 'of floor', 'at 32', 'Worker', 'database']
  const rows = measured.routes.map((it) => [
    `\`${it.name}\``,
    ...[String(it.rps), it.p50.toFixed(1), it.p99.toFixed(1)],
    ...[it.ofFloor, it.ofFloorAt32, it.workerCpuMs, it.databaseCpuMs].map((n) => n.toFixed(2)),
  ])
  return fillGeneratedParts(await readFile(join(root, speedFile), 'utf8'), {
    run: `${customers.toLocaleString('en')} customers, ${machine}. The bundle of that run had ${bundleKiB} KiB gzip, and started ${startupMs} ms after an empty Worker.`,
    speed: markdownTable(head, rows),
    cost: markdownTable(['a million', 'Workers', 'Neon', 'Queues', 'together'], costRows(measured)),
  })
}

/** Takes a report of the bench as the run that the page shows, for the routes that it shows. */
async function take(file: string): Promise<void> {
  const { routes, bundleGzip, startupMs, customers, machine }: Report = JSON.parse(
    await readFile(file, 'utf8'),
  )
  const shown: Measured = JSON.parse(await readFile(measuredFile, 'utf8'))
  const find = (name: string, connections: number) => {
    const found = routes.find((it) => it.name === name && it.connections === connections)
    if (found === undefined) throw new Error(`${file} has no ${name} × ${connections}`)
    return found
  }
  const measured: Measured = {
    ...{ customers, machine, startupMs, bundleKiB: Math.round(bundleGzip / 1024) },
    routes: shown.routes.map(({ name }) => {
      const { rps, p50, p99, ofFloor, workerCpuMs, databaseCpuMs } = find(name, 8)
      const ofFloorAt32 = find(name, 32).ofFloor
      const numbers = { p50, p99, ofFloor, ofFloorAt32, workerCpuMs, databaseCpuMs }
      const rounded = Object.entries(numbers).map(([key, n]) => [key, Number(n.toFixed(2))])
      return { name, rps: Math.round(rps), ...(Object.fromEntries(rounded) as typeof numbers) }
    }),
  }
  await writeFile(measuredFile, `${JSON.stringify(measured, null, 2)}\n`)
  await writeFile(join(root, speedFile), await speedText())
}

if (import.meta.main) await take(process.argv[2] ?? '.bench/latest.json')
