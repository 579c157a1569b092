import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { checkFunctions, checkMigrations } from './database.ts'
import { bindingTypes, generatedTexts } from './generated.ts'
import { root, run } from './run.ts'

/** Resolves with what is worth telling; fails with what is wrong. */
type Step = () => Promise<string | undefined>

const steps: Readonly<Record<string, Step>> = {
  'format and lint': silent(() => run(['biome', 'ci', '--colors=off'])),
  types: silent(() => run(['tsc', '--noEmit'])),
  migrations: checkMigrations,
  functions: checkFunctions,
  'binding types': silent(() => run([...bindingTypes, '--check'])),
  'generated files': checkTexts,
  bundle: () => inTemporaryFolder(measureBundle),
}

function silent(work: () => Promise<unknown>): Step {
  return async () => {
    await work()
    return undefined
  }
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-check-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function checkTexts(): Promise<undefined> {
  const old: string[] = []
  for (const [file, text] of Object.entries(generatedTexts)) {
    if ((await text()) !== (await readFile(join(root, file), 'utf8'))) old.push(file)
  }
  if (old.length > 0) throw new Error(`npm run generate would change: ${old.join(', ')}`)
}

async function measureBundle(folder: string): Promise<string> {
  await run(['wrangler', 'deploy', '--dry-run', '--outdir', folder])
  const bytes = gzipSync(await readFile(join(folder, 'index.js'))).length
  return `${(bytes / 1024).toFixed(1)} KiB gzip`
}

/** Runs a step and tells how it went; resolves whether it went well. */
async function report(name: string, step: Step): Promise<boolean> {
  const start = performance.now()
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`
  try {
    const found = await step()
    console.log(`ok    ${name.padEnd(16)} ${seconds().padStart(7)}  ${found ?? ''}`.trimEnd())
    return true
  } catch (error) {
    console.log(`FAIL  ${name.padEnd(16)} ${seconds().padStart(7)}`)
    console.log(String(error instanceof Error ? error.message : error).replace(/^/gm, '      '))
    return false
  }
}

const results = await Promise.all(Object.entries(steps).map(([name, step]) => report(name, step)))
process.exitCode = results.every(Boolean) ? 0 : 1
