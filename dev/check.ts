import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bindingTypes, generatedTexts } from './generated.ts'
import { writeMigrations } from './migration.ts'
import { root, run } from './run.ts'
import { callFiles } from './sql/index.ts'
import { presentCallFiles } from './sql/source.ts'

/** Resolves with what is worth telling; fails with what is wrong. */
type Step = () => Promise<string | undefined>

const steps: Readonly<Record<string, Step>> = {
  'format and lint': silent(() => run(['biome', 'ci', '--colors=off'])),
  types: silent(() => run(['tsc', '--noEmit'])),
  migrations: () => inTemporaryFolder(checkMigrations),
  'binding types': silent(() => run([...bindingTypes, '--check'])),
  'generated files': checkTexts,
  functions: checkFunctions,
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

async function checkMigrations(folder: string): Promise<undefined> {
  await cp(join(root, 'drizzle'), folder, { recursive: true })
  const before = await readdir(folder)
  await writeMigrations(folder)
  const added = (await readdir(folder)).filter((file) => !before.includes(file))
  if (added.length > 0) throw new Error(`npm run generate would add: ${added.join(', ')}`)
}

async function checkTexts(): Promise<undefined> {
  const texts = Object.entries(generatedTexts)
  return refuseOld(await Promise.all(texts.map(async ([file, text]) => [file, await text()])))
}

/** The bodies of the functions, and the typed callers that follow from them. */
async function checkFunctions(): Promise<undefined> {
  const texts = await callFiles()
  const gone = presentCallFiles().filter((file) => !(file in texts))
  if (gone.length > 0) throw new Error(`npm run generate would remove: ${gone.join(', ')}`)
  return refuseOld(Object.entries(texts))
}

async function refuseOld(texts: [file: string, text: string][]): Promise<undefined> {
  const old: string[] = []
  for (const [file, text] of texts) {
    const present = await readFile(join(root, file), 'utf8').catch(() => undefined)
    if (text !== present) old.push(file)
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
