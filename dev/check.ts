import './fast-module-loading.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bindingTypesCommand } from './binding-types-command.ts'
import { brokenLinks } from './broken-links.ts'
import { checkOncePerContent } from './cached-texts.ts'
import { readCheckArguments } from './check/argument.ts'
import { checkDependencies } from './dependency-mistakes.ts'
import { assertNoBuilderInBundle } from './lint/bundle.ts'
import { lintProject } from './lint/index.ts'
import { root, runProgram } from './run.ts'
import { existingCallerFiles } from './sql/source.ts'

/** Resolves with what is worth telling; fails with what is wrong. */
type Work = () => Promise<string | undefined>

type Step = { readonly about: string; readonly run: Work }

/** What the last run saw of files that are the same still holds. */
const typeCheck = [
  ...['tsc', '--noEmit', '--incremental'],
  ...['--tsBuildInfoFile', 'node_modules/.cache/types.tsbuildinfo'],
] as const satisfies string[]

const migrations = {
  name: 'migrations',
  origins: [
    'drizzle/*.*',
    'drizzle/meta/*.*',
    'src/db/*.ts',
    'src/db/schema/**/*.*',
    'dev/{*,migration/*}.ts',
    'CHANGELOG.md',
  ],
}
const bindings = {
  name: 'bindings',
  origins: ['wrangler.toml', '.dev.vars*', 'src/env.d.ts', 'dev/binding-types-command.ts'],
}

// What a step loads of the service itself may be broken: the others run all the same.
const steps: Readonly<Record<string, Step>> = {
  types: {
    about: 'the types of all files',
    run: silent(() => runProgram(typeCheck)),
  },
  'format and lint': {
    about: 'the format of all files, and the rules of Biome',
    run: silent(() => runProgram(['biome', 'ci', '--colors=off'])),
  },
  'imports and reads': {
    about: 'forbidden imports, unused exports, and use cases that read a parameter',
    run: checkRules,
  },
  links: {
    about: 'links of documents, and pages that code names',
    run: checkLinks,
  },
  dependencies: {
    about: 'the lock files',
    run: async () => checkDependencies(),
  },
  deployment: {
    about: 'wrangler.toml',
    run: async () => (await import('./deploy-page-mistakes.ts')).checkDeployment(),
  },
  migrations: {
    about: 'that the migrations make the schema',
    run: () =>
      checkOncePerContent(migrations, async () =>
        (await import('./drizzle-files.ts')).checkMigrations(),
      ),
  },
  functions: {
    about: 'the functions in drizzle/generated',
    run: async () => (await import('./drizzle-files.ts')).checkFunctions(),
  },
  'binding types': {
    about: 'that src/env.d.ts follows from wrangler.toml',
    run: () => checkOncePerContent(bindings, () => runProgram([...bindingTypesCommand, '--check'])),
  },
  'use cases': {
    about: 'the handles and the statements of use cases',
    run: async () => checkTexts(await (await import('./use-case/index.ts')).useCaseTexts()),
  },
  'generated files': {
    about: 'all other generated files: pages, OpenAPI, models of the clients',
    run: async () =>
      checkTexts(await textsOf((await import('./generated-texts.ts')).generatedTexts)),
  },
  'SQL bodies': {
    about: 'each statement of the SQL that is written by hand, and its typed callers',
    run: checkBodies,
  },
  bundle: {
    about: 'what the bundle contains, and its size',
    run: () => inTemporaryFolder(measureBundle),
  },
}

function silent(work: () => Promise<unknown>): Work {
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

/** Which file may import which, and who may read a parameter. */
async function checkRules(): Promise<undefined> {
  const mistakes = lintProject(root)
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
}

/** Links of documents lead somewhere. */
async function checkLinks(): Promise<undefined> {
  const broken = brokenLinks(root)
  if (broken.length > 0) throw new Error(broken.join('\n'))
}

type Texts = Readonly<Record<string, string>>

async function textsOf(makers: Readonly<Record<string, () => string | Promise<string>>>) {
  const texts: Record<string, string> = {}
  for (const [file, text] of Object.entries(makers)) texts[file] = await text()
  return texts
}

/** The bodies of the functions written by hand, and the typed callers that follow from them. */
async function checkBodies(): Promise<undefined> {
  const { generatedSources } = await import('./functions/generated-sources.ts')
  const { checkedTypedCallerFiles } = await import('./sql/typed-caller-files.ts')
  const texts = await checkedTypedCallerFiles(await generatedSources())
  const gone = existingCallerFiles().filter((file) => !(file in texts))
  if (gone.length > 0) throw new Error(`npm run generate would remove: ${gone.join(', ')}`)
  return checkTexts(texts)
}

async function checkTexts(texts: Texts): Promise<undefined> {
  const old: string[] = []
  for (const [file, text] of Object.entries(texts)) {
    if (text !== (await readFile(join(root, file), 'utf8').catch(() => ''))) old.push(file)
  }
  if (old.length > 0) throw new Error(`npm run generate would change: ${old.join(', ')}`)
}

async function measureBundle(folder: string): Promise<string> {
  await runProgram(['wrangler', 'deploy', '--dry-run', '--metafile', '--outdir', folder])
  assertNoBuilderInBundle(JSON.parse(await readFile(join(folder, 'bundle-meta.json'), 'utf8')))
  const bytes = gzipSync(await readFile(join(folder, 'index.js'))).length
  return `${(bytes / 1024).toFixed(1)} KiB gzip`
}

/** Runs a step and tells how it went; resolves whether it went well. */
async function report(name: string, work: Work): Promise<boolean> {
  const start = performance.now()
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`
  try {
    const found = await work()
    console.log(`ok    ${name.padEnd(17)} ${seconds().padStart(7)}  ${found ?? ''}`.trimEnd())
    return true
  } catch (error) {
    console.log(`FAIL  ${name.padEnd(17)} ${seconds().padStart(7)}`)
    console.log(String(error instanceof Error ? error.message : error).replace(/^/gm, '      '))
    return false
  }
}

async function checkAll(names: readonly string[]): Promise<boolean> {
  const chosen = Object.entries(steps).filter(([name]) => names.includes(name))
  const results = await Promise.all(chosen.map(([name, step]) => report(name, step.run)))
  return results.every(Boolean)
}

const abouts = Object.fromEntries(Object.entries(steps).map(([name, { about }]) => [name, about]))
try {
  const asked = readCheckArguments(process.argv.slice(2), abouts)
  if ('help' in asked) console.log(asked.help)
  else process.exitCode = (await checkAll(asked.steps)) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
