import { compileUseCase } from '../use-case/compile.ts'
import { readUseCases } from '../use-case/read.ts'
import type { Source } from './source.ts'

/** The functions that are compiled from use cases. */
export async function generatedSources(): Promise<readonly Source[]> {
  return (await readUseCases()).map(({ noun, file, useCase }) => ({
    name: useCase.name,
    text: compileUseCase(useCase).create,
    file: `src/core/${noun}/query/${file}.ts`,
    fixed: false,
  }))
}
