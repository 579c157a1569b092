import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of processor time. Zero where the system keeps no `/proc`. */
export type Cpu = { readonly worker: number; readonly database: number }

/** Linux counts in hundredths of a second. */
const TICK_MS = 10

type Process = { readonly parent: number; readonly ticks: number }

/** What the runtime and the database have used so far; the difference of two calls is what came between. */
export function cpuOfWorkerAndDatabase(workerd: number, postmaster: number): Cpu {
  const backends = allIds().filter((id) => statusOf(id)?.parent === postmaster)
  return { worker: usedBy([workerd]), database: usedBy([postmaster, ...backends]) }
}

/** Resident memory of a process in MiB. */
export function residentMemoryMib(id: number): number {
  const status = read(`/proc/${id}/status`)
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

const usedBy = (ids: readonly number[]): number =>
  ids.reduce((sum, id) => sum + (statusOf(id)?.ticks ?? 0), 0) * TICK_MS

function statusOf(id: number): Process | null {
  const stat = read(`/proc/${id}/stat`)
  // The name, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields.length < 13) return null
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
}

function allIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
