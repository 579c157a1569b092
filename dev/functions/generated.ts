import { compileUseCase } from '../use-case/compile.ts'
import { readUseCases } from '../use-case/read.ts'
import type { Source } from './source.ts'

/** The functions that are compiled from use cases. */
export async function generatedSources(): Promise<readonly Source[]> {
  return (await readUseCases()).flatMap(({ noun, file, useCase }) => {
    const { name, create: text } = compileUseCase(useCase)
    if (text === null) return []
    return { name, text, file: `src/core/${noun}/query/${file}.ts`, fixed: false }
  })
}
