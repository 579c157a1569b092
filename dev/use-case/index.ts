import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { statementListsPath } from '../../src/db/statement-lists.ts'
import { makeFunctionSetFromSources } from '../functions/make.ts'
import { renameFunctions } from '../functions/name.ts'
import { root } from '../run.ts'
import { compileUseCase } from './compile.ts'
import { functionEffects, statementEffect } from './effect.ts'
import { type Generated, handlesText, statementListsText } from './handle-and-statement-texts.ts'
import { readUseCases } from './read.ts'

/** The files that the Worker has of the use cases: a handle for each, and its statements for a database that lacks its function. */
export async function useCaseTexts(): Promise<Readonly<Record<string, string>>> {
  const { functions } = await makeFunctionSetFromSources()
  const names = new Map(functions.map(({ name, own }) => [name, own]))
  const effects = functionEffects(functions)
  const generated = (await readUseCases()).map((written): Generated => {
    const { name } = written.useCase
    const text = compileUseCase(written.useCase)
    return {
      ...written,
      text,
      own: text.direct === null ? (names.get(name) ?? name) : renameFunctions(text.direct, names),
      effect:
        text.direct === null
          ? (effects.get(name) ?? 'read')
          : statementEffect(text.direct, effects),
    }
  })
  const nouns = Object.entries(Object.groupBy(generated, ({ noun }) => noun))
  return {
    [`src/assets${statementListsPath}`]: statementListsText(generated, (text) =>
      renameFunctions(text, names),
    ),
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
