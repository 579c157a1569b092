import './fast-module-loading.ts'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bindingTypesCommand } from './binding-types-command.ts'
import { readArgs, runCommandOrPrintUsage } from './command-line.ts'
import { root, runProgram } from './run.ts'

const usage = `npm run generate [-- --name what_for]

Writes every generated file: migrations, SQL functions, types, documents.

  --name what_for   adds a migration with this name (only after the first release)
  --help            prints this text`

await runCommandOrPrintUsage(usage, async (args) => {
  const options = { name: { type: 'string' } } as const
  const { values } = readArgs(args, { name: 'npm run generate', options })
  await generate(values.name)
  return undefined
})

async function generate(name: string | undefined): Promise<void> {
  // Each step reads files that the one before has written, so it is loaded when its turn comes.
  const { statisticsFile, statisticsText } = await import('./statistics-sql.ts')
  await writeAll({ [statisticsFile]: statisticsText() })
  const { writeFunctions, writeMigrations } = await import('./drizzle-files.ts')
  await writeMigrations(name).catch(giveUp)
  const { typedCallerFiles } = await import('./sql/typed-caller-files.ts')
  const { existingCallerFiles } = await import('./sql/source.ts')
  const calls = await typedCallerFiles()
  for (const file of existingCallerFiles()) if (!(file in calls)) await rm(join(root, file))
  await writeAll(calls)

  await writeFunctions()
  const { writeUseCases } = await import('./use-case/index.ts')
  await writeUseCases()

  // What a function written by hand does is known only now: it may call generated ones.
  const { checkedTypedCallerFiles } = await import('./sql/typed-caller-files.ts')
  const { generatedSources } = await import('./functions/generated-sources.ts')
  await writeAll(await checkedTypedCallerFiles(await generatedSources()))

  await runProgram(bindingTypesCommand)
  const { edgeLimitFile, edgeLimitText } = await import('./generate-edge-limit.ts')
  await writeAll({ [edgeLimitFile]: edgeLimitText() })
  const { generatedTexts } = await import('./generated-texts.ts')
  for (const [file, text] of Object.entries(generatedTexts))
    await writeAll({ [file]: await text() })
}

/** Says in one sentence what is wanted first: what follows is made for the schema of the migrations. */
function giveUp(error: Error): never {
  console.error(error.message)
  process.exit(1)
}

async function writeAll(texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(texts)) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
}
