import { compileUseCase } from '../use-case/compile.ts'
import { compileRowFunction } from '../use-case/compile-row-function.ts'
import { readRowFunctions, readUseCases } from '../use-case/read.ts'
import type { Source } from './source.ts'

let made: Promise<readonly Source[]> | undefined

/**
 * The functions that are compiled from use cases, and from the documents of rows that SQL written by hand needs; They are compiled once per process, because several files need them.
 */
export function generatedSources(): Promise<readonly Source[]> {
  made ??= makeSources()
  return made
}

async function makeSources(): Promise<readonly Source[]> {
  const useCases = (await readUseCases()).flatMap(({ noun, file, useCase }) => {
    const { name, create: text } = compileUseCase(useCase)
    if (text === null) return []
    return { name, text, file: fileOf(noun, file) }
  })
  const ofRows = (await readRowFunctions()).map(({ noun, file, it }) => ({
    name: it.name,
    text: compileRowFunction(it),
    file: fileOf(noun, file),
  }))
  return [...useCases, ...ofRows]
}

const fileOf = (noun: string, file: string) => `src/core/${noun}/query/${file}.ts`
