import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { bindingTypes, generatedTexts } from './generated.ts'
import { writeMigrations } from './migration.ts'
import { root, run } from './run.ts'
import { callFiles } from './sql/index.ts'
import { presentCallFiles } from './sql/source.ts'

/** Writes every file that follows from others. `--name` says what a new migration is for. */
const { values } = parseArgs({ options: { name: { type: 'string' } } })

await writeMigrations(join(root, 'drizzle'), { name: values.name, interactive: true })
await run(bindingTypes)
const calls = await callFiles()
for (const file of presentCallFiles()) if (!(file in calls)) await rm(join(root, file))
for (const [file, text] of Object.entries(calls)) {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}
for (const [file, text] of Object.entries(generatedTexts)) {
  await writeFile(join(root, file), await text())
}
