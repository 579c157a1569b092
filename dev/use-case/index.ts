import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listsPath } from '../../src/db/lists.ts'
import { makeSet } from '../functions/make.ts'
import { rename } from '../functions/name.ts'
import { root } from '../run.ts'
import { compileUseCase } from './compile.ts'
import { effectOf, effectsOf } from './effect.ts'
import { type Generated, handlesText, listsText } from './generate.ts'
import { readUseCases } from './read.ts'

/** The files that the Worker has of the use cases: a handle for each, and its statements for a database that lacks its function. */
export async function useCaseTexts(): Promise<Readonly<Record<string, string>>> {
  const { functions } = await makeSet()
  const names = new Map(functions.map(({ name, own }) => [name, own]))
  const effects = effectsOf(functions)
  const generated = (await readUseCases()).map((written): Generated => {
    const { name } = written.useCase
    const text = compileUseCase(written.useCase)
    return {
      ...written,
      text,
      own: text.direct === null ? (names.get(name) ?? name) : rename(text.direct, names),
      effect: text.direct === null ? (effects.get(name) ?? 'read') : effectOf(text.direct, effects),
    }
  })
  const nouns = Object.entries(Object.groupBy(generated, ({ noun }) => noun))
  return {
    [`src/assets${listsPath}`]: listsText(generated, (text) => rename(text, names)),
    ...Object.fromEntries(
      nouns.map(([noun, list = []]) => [`src/core/${noun}/generated/query.ts`, handlesText(list)]),
    ),
  }
}

/** Writes those files. */
export async function writeUseCases(): Promise<void> {
  for (const [file, text] of Object.entries(await useCaseTexts())) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
}

if (import.meta.main) await writeUseCases()
