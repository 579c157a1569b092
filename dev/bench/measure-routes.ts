import { mkdir, writeFile } from 'node:fs/promises'
import { type BenchService, startBenchService } from './bench-service.ts'
import { type Case, casesOf } from './case.ts'
import { readFilledTenant } from './filled-tenant.ts'
import { type Load, type Measured, measureUnderLoad } from './load.ts'
import { describeMachine, type Figure, type Report, reportHeading, reportLine } from './report.ts'

type Options = {
  readonly customers: number
  /** Where the database is kept. */
  readonly folder?: string | undefined
  /** A part of the names of the routes. */
  readonly only: string
  readonly connections: readonly number[]
  readonly seconds: number
}

/** Reads come first, of what the fill left: the customers that are made later are bare. */
function isRead({ name }: Case): boolean {
  return name.startsWith('GET ')
}

/** Every kind of route with some numbers of connections, each beside the floor. */
export async function measureRoutes(options: Options, say: (line: string) => void): Promise<void> {
  const { customers, folder } = options
  const stage = await startBenchService(customers, say, { folder })
  const routes: Figure[] = []
  try {
    const filled = await readFilledTenant(stage)
    const cases = casesOf(filled, Date.now().toString(36)).filter(({ name }) =>
      name.includes(options.only),
    )
    say(`${customers} customers, ${describeMachine()}\n\n${reportHeading}`)
    for (const some of [cases.filter(isRead), cases.filter((one) => !isRead(one))]) {
      for (const one of some) await one.prepare?.(stage)
      for (const [connections, one] of options.connections.flatMap((n) =>
        some.map((it) => [n, it] as const),
      )) {
        const floor = await shoot(
          stage,
          options.seconds,
          connections,
          'floor',
          () => ({ method: 'GET', path: `/customer/${filled.idOf(0)}` }),
          200,
        )
        await stage.wire.counts()
        const before = stage.cpu()
        const figure = await shoot(
          stage,
          options.seconds,
          connections,
          'service',
          one.next,
          one.status,
        )
        const { roundTrips, statements } = await stage.wire.counts()
        const after = stage.cpu()
        const { requests, ...rest } = figure
        const row = {
          name: one.name,
          connections,
          ...rest,
          roundTrips: roundTrips / requests,
          statements: statements / requests,
          ofFloor: figure.rps / floor.rps,
          workerCpuMs: (after.worker - before.worker) / requests,
          databaseCpuMs: (after.database - before.database) / requests,
        }
        routes.push(row)
        say(reportLine(row))
      }
    }
    await keep(
      {
        customers,
        machine: describeMachine(),
        bundleGzip: stage.bundleGzip,
        startupMs: stage.startupMs,
        routes,
      },
      say,
    )
  } finally {
    await stage.stop()
  }
}

function shoot(
  stage: BenchService,
  seconds: number,
  connections: number,
  service: 'service' | 'floor',
  next: Load['next'],
  status: number,
): Promise<Measured> {
  return measureUnderLoad({
    url: stage.workerd.urlOf(service),
    connections,
    seconds,
    next,
    token: stage.token,
    expect: (got) => got === status,
  })
}

async function keep(report: Report, say: (line: string) => void): Promise<void> {
  await mkdir('.bench', { recursive: true })
  await writeFile('.bench/latest.json', `${JSON.stringify(report, null, 2)}\n`)
  say('\nkept in .bench/latest.json')
}
