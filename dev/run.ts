import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** Where Node keeps what it compiled, so that the next process need not. */
export const compileCacheFolder = join(root, 'node_modules', '.cache', 'node')

const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
const env = {
  ...process.env,
  PATH: path,
  NODE_COMPILE_CACHE: compileCacheFolder,
  // The compiler is there for seconds: it needs not look for memory to give back as often.
  GOGC: '400',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  // None of them uploads anything.
  DRY_RUN: 'true',
}

type RunOptions = {
  /** The program talks with the person at the terminal. */
  readonly interactive?: boolean
}

/** Runs one of the project's tools; resolves with what it wrote, fails with the same. */
export function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  { interactive = false }: RunOptions = {},
): Promise<string> {
  const child = spawn(program, args, { cwd: root, env, stdio: interactive ? 'inherit' : 'pipe' })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(text)
      else reject(new Error(text.trim() || `${program} failed with exit code ${code}`))
    })
  })
}
