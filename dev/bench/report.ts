import { cpus, totalmem } from 'node:os'

/** One row of the table, and of `.bench/latest.json`. */
export type Figure = {
  readonly name: string
  readonly connections: number
  readonly rps: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly errors: number
  /** Per request. */
  readonly roundTrips: number
  readonly statements: number
  /** Requests per second against the floor's, measured just before. */
  readonly ofFloor: number
  /** Milliseconds of processor time per request, where the system tells. */
  readonly workerCpuMs: number
  readonly databaseCpuMs: number
}

export type Report = {
  readonly customers: number
  readonly machine: string
  readonly bundleGzip: number
  readonly startupMs: number
  readonly routes: readonly Figure[]
}

export const describeMachine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`

const pad = (text: string | number, width: number): string => String(text).padStart(width)

export const reportHeading = `${'route'.padEnd(46)} conns    req/s      p50      p99  errors  trips  stmts  of floor  cpu ms: worker database`

export const reportLine = (row: Figure): string =>
  [
    row.name.padEnd(46),
    pad(row.connections, 5),
    pad(row.rps, 8),
    pad(row.p50.toFixed(2), 8),
    pad(row.p99.toFixed(2), 8),
    pad(row.errors, 7),
    pad(row.roundTrips.toFixed(1), 6),
    pad(row.statements.toFixed(1), 6),
    pad(row.ofFloor.toFixed(2), 9),
    pad(row.workerCpuMs.toFixed(2), 15),
    pad(row.databaseCpuMs.toFixed(2), 8),
  ].join(' ')

/** What changed between two runs, by the ratio to the floor: the machine's own speed drops out of it. */
export function compareReports(before: Report, after: Report): string {
  const key = (row: Figure) => `${row.name} × ${row.connections}`
  const known = new Map(before.routes.map((row) => [key(row), row]))
  const rows = after.routes.map((row) => {
    const was = known.get(key(row))
    if (was === undefined) return `${key(row).padEnd(54)} new ${pad(row.ofFloor.toFixed(2), 8)}`
    const change = (row.ofFloor / was.ofFloor - 1) * 100
    return `${key(row).padEnd(54)} ${pad(was.ofFloor.toFixed(2), 6)} → ${pad(row.ofFloor.toFixed(2), 6)} ${pad(`${change >= 0 ? '+' : ''}${change.toFixed(0)} %`, 8)}`
  })
  const bundle = `bundle ${before.bundleGzip} → ${after.bundleGzip} bytes gzip, start-up ${before.startupMs} → ${after.startupMs} ms`
  return [...rows, bundle].join('\n')
}
