import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readArgs, runCommandOrPrintUsage } from './command-line.ts'
import {
  type Dropped,
  droppedTenantConditionsOrLocks,
} from './mutants/dropped-tenant-condition-or-lock.ts'
import { generatingPrograms } from './mutants/generating-programs.ts'
import { type Mutant, mutants } from './mutants/list.ts'
import { whyEquivalent } from './mutants/why-equivalent.ts'
import { root } from './run.ts'

const COPIED = [
  'src',
  'test',
  'dev',
  'drizzle',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'wrangler.toml',
]
const STORIES = process.env.MODEL_RUNS ?? '600'
/** Asked when the model notices nothing. */
const OTHERS = [
  'test/core/merge/race.test.ts',
  'test/http/merge.test.ts',
  'test/http/undo-merge.test.ts',
  'test/http/hand-and-rule.test.ts',
  'test/http/order.test.ts',
  'test/cron/merge.test.ts',
  'test/core/merge',
  'test/http/auth',
]
/** Asked one after the other about locks. */
const ASKED = [
  ['test/core/lock', 'test/core/merge/race.test.ts'],
  ['test/http', 'test/cron', 'test/core', 'test/queue', 'test/delivery'],
]

const usage = `npm run mutants [part of a name …]: makes each mistake of dev/mutants/list.ts and shows which test fails
npm run mutants -- --tenants [part of a name …]: removes each condition on a tenant in turn
npm run mutants -- --locks [part of a name …]: each lock is dropped`

/** Makes one mistake after the other in a copy of the tree and tells which test notices it. Fails when none does. */
async function main(args: readonly string[]): Promise<undefined> {
  const option = { type: 'boolean' } as const
  const options = { tenants: option, locks: option } as const
  const { values, positionals: words } = readArgs(args, {
    ...{ name: 'npm run mutants', options, words: true },
  })
  const what = values.tenants ? 'tenants' : values.locks ? 'locks' : null
  const isChosen = ({ name }: { name: string }) =>
    words.length === 0 || words.some((word) => name.includes(word))
  const folder = await mkdtemp(join(tmpdir(), 'customer-mutants-'))
  try {
    for (const name of COPIED) await cp(join(root, name), join(folder, name), { recursive: true })
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    console.log('| mistake | caught by | after |\n|---|---|---|')
    if (what === null) {
      for (const mutant of mutants.filter(isChosen)) {
        tell(mutant.name, await survive(folder, mutant))
      }
      return undefined
    }
    const chosen = droppedTenantConditionsOrLocks(what).filter(isChosen)
    for (const { name } of chosen) {
      const reason = whyEquivalent(name)
      if (reason !== null) tell(name, `not needed | ${reason}`)
    }
    const needed = chosen.filter(({ name }) => whyEquivalent(name) === null)
    if (what === 'tenants') await dropTenants(folder, needed)
    else for (const one of needed) tell(one.name, await drop(folder, one, ASKED))
    return undefined
  } finally {
    await rm(folder, { recursive: true })
  }
}

function tell(name: string, end: string | null): void {
  if (end === null) process.exitCode = 1
  console.log(`| ${name} | ${end ?? 'nothing'} |`)
}

/** Drops one condition after the other in databases of one process, which tells the rows of the table itself. */
async function dropTenants(folder: string, needed: readonly Dropped[]): Promise<void> {
  const names = join(folder, 'tenants.txt')
  await writeFile(names, needed.map(({ name }) => name).join('\n'))
  const args = ['run', '--root', '.', '--config', 'dev/mutants/vitest.config.ts']
  const child = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), ...args], {
    cwd: folder,
    env: { ...process.env, MUTANTS: names, TEST_LONG: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('|')) console.log(line)
  }
  const [code] = await ended
  if (code !== 0) process.exitCode = 1
}

/** The test that fails without the lock; null if none fails. Only the function in the database lacks it: nothing is generated. */
async function drop(
  folder: string,
  { file, at, find, replace }: Dropped,
  asked: readonly (readonly string[])[],
): Promise<string | null> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.slice(0, at) + replace + text.slice(at + find.length))
  try {
    for (const files of asked) {
      const told = await test(folder, files)
      if (told !== null) return `${failed(told)} | 1 run`
    }
    return null
  } finally {
    await writeFile(path, text)
  }
}

/** The test that failed, and after how long; null if none failed. */
async function survive(folder: string, mutant: Mutant): Promise<string | null> {
  const restore = await mutate(folder, mutant)
  try {
    const told = await test(folder, ['test/model'])
    const stories = /after (\d+) stories/.exec(told ?? '')?.[1]
    if (told !== null)
      return `model | ${stories === undefined ? 'no story' : `${Number(stories) + 1} stories`}`
    for (const file of OTHERS) {
      const other = await test(folder, [file])
      if (other !== null) return `${failed(other)} | 1 run`
    }
    return null
  } finally {
    await restore()
  }
}

/** The first test that failed. */
const failed = (told: string): string => /FAIL\s+(?:\S+\s+)?(test\/.*)/.exec(told)?.[1] ?? 'tests'

/** Resolves with what puts it right again. A mistake that cannot be made any more is an error. */
async function mutate(
  folder: string,
  { name, file, find, replace }: Mutant,
): Promise<() => Promise<void>> {
  const path = join(folder, 'src', file)
  const text = await readFile(path, 'utf8')
  if (text.split(find).length !== 2)
    throw new Error(`${name}: ${file} has it not exactly once: ${find}`)
  const changed = text.replace(find, () => replace)
  await writeFile(path, changed)
  generate(folder)
  return async () => {
    await writeFile(path, text)
    generate(folder)
  }
}

/** A mistake reaches the database through what is generated from its file. */
function generate(folder: string): void {
  for (const program of generatingPrograms) {
    const { status, stderr } = spawnSync(process.execPath, [join('dev', program)], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
  }
}

/** What the tests said when they failed; null when all is well. */
function test(folder: string, files: readonly string[]): Promise<string | null> {
  const args = [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'node',
    '--bail',
    '1',
    ...files,
  ]
  const env = {
    ...process.env,
    MODEL_HASTE: '1',
    MODEL_RUNS: STORIES,
    RULE_HASTE: '1',
    NO_COLOR: '1',
  }
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0 ? null : text))
  })
}

await runCommandOrPrintUsage(usage, main)
