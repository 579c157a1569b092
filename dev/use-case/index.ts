import { createHash } from 'node:crypto'
import type { Effect } from '../../src/db/statement.ts'
import { compileUseCase } from './compile.ts'
import { type Generated, handlesText, listsText } from './generate.ts'
import { readUseCases } from './read.ts'

export async function generateUseCases(): Promise<Generated[]> {
  return (await readUseCases()).map((written) => {
    const text = compileUseCase(written.useCase)
    const own = `${text.name}_${createHash('sha256').update(text.create).digest('hex').slice(0, 8)}`
    return { ...written, text, own, effect: effectOf(text.create) }
  })
}

function effectOf(text: string): Effect {
  if (/insert into "?event"?/.test(text)) return 'event'
  return /\b(insert into|update|delete from)\b/.test(text) ? 'write' : 'read'
}

export async function useCaseTexts(): Promise<Record<string, string>> {
  const generated = await generateUseCases()
  const nouns = Object.entries(Object.groupBy(generated, ({ noun }) => noun))
  return {
    'src/db/generated/list.ts': listsText(generated, (text) => text),
    ...Object.fromEntries(
      nouns.map(([noun, list = []]) => [`src/core/${noun}/generated/query.ts`, handlesText(list)]),
    ),
  }
}

if (import.meta.main) {
  const { writeFile, mkdir } = await import('node:fs/promises')
  const { dirname } = await import('node:path')
  for (const [file, text] of Object.entries(await useCaseTexts())) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}
