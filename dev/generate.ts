import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeDatabase } from './database.ts'
import { bindingTypes, generatedTexts } from './generated.ts'
import { root, run } from './run.ts'

/** Writes every file that follows from others. `--name` says what a new migration is for. */
const { values } = parseArgs({ options: { name: { type: 'string' } } })

await writeDatabase(values.name)
await run(bindingTypes)
for (const [file, text] of Object.entries(generatedTexts)) {
  await writeFile(join(root, file), await text())
}
