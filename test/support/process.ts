import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { until } from './until.ts'

/** A program under test, with all that it started. */
export type Program = {
  readonly child: ChildProcess
  /** What it wrote until now, to both outputs. */
  output(): string
  /** Waits until it has written this; fails when it ends before. */
  wrote(text: string): Promise<void>
  /** Its exit code, once it has ended. */
  ended(): Promise<number | null>
  /** The processes that it or its children started and that are still there. */
  survivors(): number[]
}

export function startProgram(args: string[], env: Record<string, string>): Program {
  // Children inherit it, also when they move to another group or session.
  const mark = `PROGRAM_UNDER_TEST=${randomUUID()}`
  const [name = '', value] = mark.split('=')
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env, [name]: value },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  const exited = once(child, 'close')
  return {
    child,
    output: () => text,
    wrote: (wanted) =>
      until(async () => {
        if (child.exitCode !== null) throw new Error(`it ended before it wrote ${wanted}: ${text}`)
        return text.includes(wanted)
      }),
    ended: async () => {
      await exited
      return child.exitCode
    },
    survivors: () => marked(mark),
  }
}

function marked(mark: string): number[] {
  if (!existsSync('/proc/self/environ')) {
    const lines = execFileSync('ps', ['axeww'], { encoding: 'utf8' }).split('\n')
    return lines.filter((line) => line.includes(mark)).map((line) => Number.parseInt(line, 10))
  }
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.filter((pid) => readEnvironment(pid).includes(mark))
}

function readEnvironment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}
