import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { bindingTypes } from './binding-types.ts'
import { writeDatabase } from './database.ts'
import { root, run } from './run.ts'
import { useCaseTexts } from './use-case/index.ts'

/** Writes every file that follows from others. `--name` says what a new migration is for. */
const { values } = parseArgs({ options: { name: { type: 'string' } } })

await writeDatabase(values.name)
// The Worker's code needs these, and what follows reads the Worker's code.
for (const [file, text] of Object.entries(await useCaseTexts())) {
  await mkdir(join(root, dirname(file)), { recursive: true })
  await writeFile(join(root, file), text)
}
await run(bindingTypes)
const { generatedTexts } = await import('./generated.ts')
for (const [file, text] of Object.entries(generatedTexts)) {
  await writeFile(join(root, file), await text())
}
