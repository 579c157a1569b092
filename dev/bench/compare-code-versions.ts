import { join, resolve } from 'node:path'
import { withConnection } from '../with-connection.ts'
import type { BenchService, startBenchService } from './bench-service.ts'
import type { Case, casesOf } from './case.ts'
import { readFilledTenant } from './filled-tenant.ts'
import { type Measured, measureUnderLoad } from './load.ts'

type Version = { readonly stage: BenchService; readonly cases: readonly Case[] }

/** What one burst cost. Milliseconds, per request. */
type Turn = {
  readonly rps: number
  readonly p50: number
  readonly worker: number
  readonly database: number
}

type BesideOptions = {
  readonly customers: number
  readonly only: string
  readonly rounds: number
  readonly connections: number
  /** Of one burst. */
  readonly seconds: number
}

/**
 * Measures this checkout beside another one in one run: both are built, filled and served, and take turns in short bursts. For each common kind of request it prints the median ratio of neighbouring bursts (ours / theirs). So other load on the machine affects both alike.
 */
export async function compareCodeVersions(
  folder: string,
  options: BesideOptions,
  say: (line: string) => void,
): Promise<void> {
  const other = await versionOf(resolve(folder), options, say)
  try {
    const ours = await versionOf(process.cwd(), options, say)
    try {
      await compareAll(ours, other, options, say)
      const bundle = `bundle ${other.stage.bundleGzip} → ${ours.stage.bundleGzip} bytes gzip`
      say(`\n${bundle}, start-up ${other.stage.startupMs} → ${ours.stage.startupMs} ms`)
    } finally {
      await ours.stage.stop()
    }
  } finally {
    await other.stage.stop()
  }
}

/** A checkout's own stage builds its own bundle, in its own folder, and is asked what it knows to answer. */
async function versionOf(
  folder: string,
  { customers, only }: BesideOptions,
  say: (line: string) => void,
): Promise<Version> {
  const home = process.cwd()
  process.chdir(folder)
  try {
    const own: { startBenchService: typeof startBenchService } = await import(
      join(folder, 'dev/bench/bench-service.ts')
    )
    const { casesOf: ownCases }: { casesOf: typeof casesOf } = await import(
      join(folder, 'dev/bench/case.ts')
    )
    const stage = await own.startBenchService(customers, (line) => say(`${folder}: ${line}`))
    await analyze(stage)
    const cases = ownCases(await readFilledTenant(stage), Date.now().toString(36))
    return { stage, cases: cases.filter(({ name }) => name.includes(only)) }
  } finally {
    process.chdir(home)
  }
}

/** Plans depend on statistics, which PostgreSQL would gather for the older database first. */
const analyze = ({ databaseUrl }: BenchService) =>
  withConnection(databaseUrl, (client) => client.query('vacuum analyze'))

async function compareAll(
  ours: Version,
  other: Version,
  options: BesideOptions,
  say: (line: string) => void,
): Promise<void> {
  say(
    `\n${'ours by the other'.padEnd(46)}    req/s      p50   worker cpu   database cpu   (ms: before → after)`,
  )
  for (const one of ours.cases) {
    const twin = other.cases.find(({ name }) => name === one.name)
    if (twin === undefined) continue
    await one.prepare?.(ours.stage)
    await twin.prepare?.(other.stage)
    const turns: { readonly is: Turn; readonly was: Turn }[] = []
    for (let round = 0; round < options.rounds; round++) {
      const first = round % 2 === 0
      const early = await burst(first ? other.stage : ours.stage, first ? twin : one, options)
      const late = await burst(first ? ours.stage : other.stage, first ? one : twin, options)
      turns.push(first ? { was: early, is: late } : { was: late, is: early })
    }
    say(row(one.name, turns))
  }
}

async function burst(stage: BenchService, one: Case, options: BesideOptions): Promise<Turn> {
  const before = stage.cpu()
  const measured: Measured = await measureUnderLoad({
    url: stage.workerd.urlOf('service'),
    connections: options.connections,
    seconds: options.seconds,
    next: one.next,
    token: stage.token,
    expect: (status) => status === one.status,
  })
  const after = stage.cpu()
  if (measured.errors > 0) throw new Error(`${one.name}: ${measured.errors} wrong answers`)
  const { requests, rps, p50 } = measured
  return {
    rps,
    p50,
    worker: (after.worker - before.worker) / requests,
    database: (after.database - before.database) / requests,
  }
}

function row(name: string, turns: readonly { readonly is: Turn; readonly was: Turn }[]): string {
  const ratio = (key: keyof Turn) => median(turns.map(({ is, was }) => is[key] / was[key]))
  const of = (side: 'is' | 'was', key: keyof Turn) => median(turns.map((turn) => turn[side][key]))
  const cost = (key: keyof Turn) =>
    `${of('was', key).toFixed(2)} → ${of('is', key).toFixed(2)}`.padStart(14)
  return [
    name.padEnd(46),
    ...(['rps', 'p50', 'worker', 'database'] as const).map((key) =>
      ratio(key).toFixed(2).padStart(9),
    ),
    cost('worker'),
    cost('database'),
  ].join('')
}

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN
