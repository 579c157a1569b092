import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import {
  type BenchService,
  type BenchServiceOptions,
  startBenchService,
} from './bench/bench-service.ts'
import { compareCodeVersions } from './bench/compare-code-versions.ts'
import { measureConsumer } from './bench/consumer.ts'
import { measureJudging } from './bench/judging.ts'
import { measureRoutes } from './bench/measure-routes.ts'
import { compareReports, type Report } from './bench/report.ts'
import { soak } from './bench/soak.ts'
import { measureTimingParity } from './bench/timing-parity.ts'
import { measureWritesDuringCrons } from './bench/writes-during-crons.ts'
import {
  measureWritesDuringCarryOut,
  ruleCarryOutServiceOptions,
} from './bench/writes-during-rule-carry-out.ts'
import { readArgsOrExit } from './command-line.ts'

const usage = `npm run bench [-- OPTIONS]

Measures every kind of route and writes .bench/latest.json (docs/speed.md).

  --customers N        number of customers in the database (10000)
  --seconds N          duration for each route (3)
  --connections N,…    numbers of simultaneous connections (1,8,32)
  --only NAME          routes with this in their name; or parity, queue, judge, rule, night
  --merges N           number of merges with --only night (10000)
  --compare A B        compares two reports
  --beside FOLDER      measures another checkout beside this one, in --rounds N (15)
  --serve              fills the database and runs the service at --port N, without a measurement
  --soak REQUESTS      sends this many requests and shows the memory of the service
  --folder FOLDER      keeps the database there
  --help               prints this text`

const { values, positionals } = readArgsOrExit(usage, {
  name: 'npm run bench',
  words: true,
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
else if (values.beside !== undefined) await compareCodeVersions(values.beside, besideOptions(), say)
else if (values.serve) await serve()
else if (values.only === 'parity') await onStage((stage) => measureTimingParity(stage, say))
else if (values.only === 'queue') await onStage((stage) => measureConsumer(stage, say))
else if (values.only === 'judge') await onStage((stage) => measureJudging(stage, say))
else if (values.only === 'rule')
  await onStage((stage) => measureWritesDuringCarryOut(stage, say), ruleCarryOutServiceOptions)
else if (values.only === 'night') {
  await onStage(
    (stage) => measureWritesDuringCrons(stage, Number(values.merges), say),
    ruleCarryOutServiceOptions,
  )
} else if (values.soak !== undefined) {
  await onStage((stage) => soak(stage, Number(values.soak), say), { heapMiB: HEAP_MIB })
} else await measureRoutes(routeOptions(), say)

async function showComparison(): Promise<void> {
  const [before = '', after = ''] = positionals
  const reports = await Promise.all([before, after].map((file) => readFile(file, 'utf8')))
  const [was, is] = reports.map((text) => JSON.parse(text) as Report)
  if (was !== undefined && is !== undefined) say(compareReports(was, is))
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
  const stage = await startBenchService(Number(values.customers), say, {
    port: values.port === undefined ? undefined : Number(values.port),
    folder: values.folder,
  })
  say(`ready ${stage.workerd.urlOf('service')}\nexport TOKEN=${stage.token}`)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await stage.stop()
}

async function onStage(
  work: (stage: BenchService) => Promise<void>,
  options: BenchServiceOptions = {},
): Promise<void> {
  const stage = await startBenchService(Number(values.customers), say, {
    ...options,
    folder: values.folder,
  })
  try {
    await work(stage)
  } finally {
    await stage.stop()
  }
}
