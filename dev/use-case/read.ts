import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { UseCase } from '../../src/db/use-case.ts'
import { root } from '../run.ts'

/** A use case and where it is written. */
export type Written = {
  readonly noun: string
  /** Of the file in the noun's folder `query`, without its ending. */
  readonly file: string
  readonly exported: string
  readonly useCase: UseCase
}

/** Every use case of every noun, in the order of nouns, files and exports. */
export async function readUseCases(): Promise<Written[]> {
  const found: Written[] = []
  for (const path of globSync('src/core/*/query/*.ts', { cwd: root }).sort()) {
    const [, , noun = ''] = path.split('/')
    const exports: Record<string, unknown> = await import(join(root, path))
    for (const [exported, useCase] of Object.entries(exports)) {
      if (!isUseCase(useCase)) continue
      found.push({ noun, file: basename(path, '.ts'), exported, useCase })
    }
  }
  const names = found.map(({ useCase }) => useCase.name)
  const twin = names.find((name, i) => names.indexOf(name) !== i)
  if (twin !== undefined) throw new Error(`two use cases are called ${twin}`)
  return found
}

const isUseCase = (it: unknown): it is UseCase =>
  typeof it === 'object' && it !== null && 'statements' in it && 'params' in it && 'settings' in it
