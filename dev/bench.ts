import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { measureBeside } from './bench/beside.ts'
import { measureCarryOut, staging } from './bench/carry-out.ts'
import { type Case, casesOf } from './bench/case.ts'
import { measureConsumer } from './bench/consumer.ts'
import { measureJudging } from './bench/judging.ts'
import { type Load, load, type Measured } from './bench/load.ts'
import { measureParity } from './bench/parity.ts'
import { compare, type Figure, heading, line, machine, type Report } from './bench/report.ts'
import { soak } from './bench/soak.ts'
import { filledOf, type Stage, type Staging, setStage } from './bench/stage.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    customers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,8,32' },
    only: { type: 'string', default: '' },
    beside: { type: 'string' },
    rounds: { type: 'string', default: '15' },
    compare: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
    soak: { type: 'string' },
    port: { type: 'string' },
  },
})

/** Half of what an isolate has in the cloud. */
const HEAP_MIB = 64

const say = (text: string) => console.log(text)

if (values.compare) await showComparison()
else if (values.beside !== undefined) await measureBeside(values.beside, besideOptions(), say)
else if (values.serve) await serve()
else if (values.only === 'parity') await onStage((stage) => measureParity(stage, say))
else if (values.only === 'queue') await onStage((stage) => measureConsumer(stage, say))
else if (values.only === 'judge') await onStage((stage) => measureJudging(stage, say))
else if (values.only === 'rule') await onStage((stage) => measureCarryOut(stage, say), staging)
else if (values.soak !== undefined) {
  await onStage((stage) => soak(stage, Number(values.soak), say), { heapMiB: HEAP_MIB })
} else await measure()

async function showComparison(): Promise<void> {
  const [before = '', after = ''] = positionals
  const reports = await Promise.all([before, after].map((file) => readFile(file, 'utf8')))
  const [was, is] = reports.map((text) => JSON.parse(text) as Report)
  if (was !== undefined && is !== undefined) say(compare(was, is))
}

function besideOptions() {
  const { customers, only, rounds, connections, seconds } = values
  const [first = '8'] = connections.split(',')
  return {
    only,
    customers: Number(customers),
    rounds: Number(rounds),
    connections: Number(first),
    seconds: Number(seconds),
  }
}

/** Fills and serves, for other load tools, until it is told to end. */
async function serve(): Promise<void> {
  const stage = await setStage(Number(values.customers), say, {
    port: values.port === undefined ? undefined : Number(values.port),
  })
  say(`ready ${stage.workerd.urlOf('service')}\nexport TOKEN=${stage.token}`)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await stage.stop()
}

async function onStage(
  work: (stage: Stage) => Promise<void>,
  options: Staging = {},
): Promise<void> {
  const stage = await setStage(Number(values.customers), say, options)
  try {
    await work(stage)
  } finally {
    await stage.stop()
  }
}

/** Reads come first, of what the fill left: the customers that are made later are bare. */
function isRead({ name }: Case): boolean {
  return name.startsWith('GET ')
}

async function measure(): Promise<void> {
  const customers = Number(values.customers)
  const stage = await setStage(customers, say)
  const routes: Figure[] = []
  try {
    const filled = await filledOf(stage)
    const cases = casesOf(filled, Date.now().toString(36)).filter(({ name }) =>
      name.includes(values.only),
    )
    say(`${customers} customers, ${machine()}\n\n${heading}`)
    const counts = values.connections.split(',').map(Number)
    for (const some of [cases.filter(isRead), cases.filter((one) => !isRead(one))]) {
      for (const one of some) await one.prepare?.(stage)
      for (const [connections, one] of counts.flatMap((n) => some.map((it) => [n, it] as const))) {
        const floor = await shoot(
          stage,
          connections,
          'floor',
          () => ({ method: 'GET', path: `/customer/${filled.idOf(0)}` }),
          200,
        )
        await stage.wire.counts()
        const before = stage.cpu()
        const figure = await shoot(stage, connections, 'service', one.next, one.status)
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
        say(line(row))
      }
    }
    await keep({
      customers,
      machine: machine(),
      bundleGzip: stage.bundleGzip,
      startupMs: stage.startupMs,
      routes,
    })
  } finally {
    await stage.stop()
  }
}

function shoot(
  stage: Stage,
  connections: number,
  service: 'service' | 'floor',
  next: Load['next'],
  status: number,
): Promise<Measured> {
  return load({
    url: stage.workerd.urlOf(service),
    connections,
    seconds: Number(values.seconds),
    next,
    token: stage.token,
    expect: (got) => got === status,
  })
}

async function keep(report: Report): Promise<void> {
  await mkdir('.bench', { recursive: true })
  await writeFile('.bench/latest.json', `${JSON.stringify(report, null, 2)}\n`)
  say('\nkept in .bench/latest.json')
}
