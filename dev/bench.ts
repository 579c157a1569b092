import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { measureBeside } from './bench/beside.ts'
import { measureCarryOut, staging } from './bench/carry-out.ts'
import { measureConsumer } from './bench/consumer.ts'
import { measureJudging } from './bench/judging.ts'
import { measureNight } from './bench/night.ts'
import { measureParity } from './bench/parity.ts'
import { compare, type Report } from './bench/report.ts'
import { measureRoutes } from './bench/routes.ts'
import { soak } from './bench/soak.ts'
import { type Stage, type Staging, setStage } from './bench/stage.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    customers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,8,32' },
    only: { type: 'string', default: '' },
    beside: { type: 'string' },
    merges: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '15' },
    compare: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
    soak: { type: 'string' },
    port: { type: 'string' },
    folder: { type: 'string' },
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
else if (values.only === 'night') {
  await onStage((stage) => measureNight(stage, Number(values.merges), say), staging)
} else if (values.soak !== undefined) {
  await onStage((stage) => soak(stage, Number(values.soak), say), { heapMiB: HEAP_MIB })
} else await measureRoutes(routeOptions(), say)

async function showComparison(): Promise<void> {
  const [before = '', after = ''] = positionals
  const reports = await Promise.all([before, after].map((file) => readFile(file, 'utf8')))
  const [was, is] = reports.map((text) => JSON.parse(text) as Report)
  if (was !== undefined && is !== undefined) say(compare(was, is))
}

function routeOptions() {
  const { customers, only, connections, seconds, folder } = values
  return {
    only,
    folder,
    customers: Number(customers),
    connections: connections.split(',').map(Number),
    seconds: Number(seconds),
  }
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
    folder: values.folder,
  })
  say(`ready ${stage.workerd.urlOf('service')}\nexport TOKEN=${stage.token}`)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await stage.stop()
}

async function onStage(
  work: (stage: Stage) => Promise<void>,
  options: Staging = {},
): Promise<void> {
  const stage = await setStage(Number(values.customers), say, { ...options, folder: values.folder })
  try {
    await work(stage)
  } finally {
    await stage.stop()
  }
}
