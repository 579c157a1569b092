import { spawn, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mutant, mutants } from './mutants/list.ts'
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
  'test/http/merge.test.ts',
  'test/http/undo-merge.test.ts',
  'test/http/order.test.ts',
  'test/cron/merge.test.ts',
  'test/core/merge',
  'test/http/auth',
]

/** Makes one mistake after the other in a copy of the tree and tells which test notices it. Fails when none does. */
async function main(only: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-mutants-'))
  try {
    for (const name of COPIED) await cp(join(root, name), join(folder, name), { recursive: true })
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    const chosen = mutants.filter(
      ({ name }) => only.length === 0 || only.some((word) => name.includes(word)),
    )
    console.log('| mistake | caught by | after |\n|---|---|---|')
    for (const mutant of chosen) {
      const end = await survive(folder, mutant)
      if (end === null) process.exitCode = 1
      console.log(`| ${mutant.name} | ${end ?? 'nothing'} |`)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Who caught it, and after how much; null when nobody did. */
async function survive(folder: string, mutant: Mutant): Promise<string | null> {
  const restore = await mutate(folder, mutant)
  try {
    const told = await test(folder, ['test/model'])
    const stories = /after (\d+) stories/.exec(told ?? '')?.[1]
    if (told !== null)
      return `model | ${stories === undefined ? 'no story' : `${Number(stories) + 1} stories`}`
    const other = await test(folder, OTHERS)
    return other === null
      ? null
      : `${/FAIL\s+(?:\S+\s+)?(test\/.*)/.exec(other)?.[1] ?? 'tests'} | 1 run`
  } finally {
    await restore()
  }
}

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
  for (const program of ['database.ts', 'use-case/index.ts']) {
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
  const env = { ...process.env, MODEL_HASTE: '1', MODEL_RUNS: STORIES, NO_COLOR: '1' }
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

await main(process.argv.slice(2))
