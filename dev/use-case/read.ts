import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { RowFunction } from '../../src/db/row-function.ts'
import type { UseCase } from '../../src/db/use-case.ts'
import { root } from '../run.ts'

type Place = {
  readonly noun: string
  /** Of the file in the noun's folder `query`, without its ending. */
  readonly file: string
  readonly exported: string
}

/** A use case and where it is written. */
export type Written = Place & { readonly useCase: UseCase }

/** Every use case of every noun, in the order of nouns, files and exports. */
export async function readUseCases(): Promise<Written[]> {
  const found = (await readExports()).flatMap(({ value, ...place }) =>
    isUseCase(value) ? { ...place, useCase: value } : [],
  )
  const names = found.map(({ useCase }) => useCase.name)
  const twin = names.find((name, i) => names.indexOf(name) !== i)
  if (twin !== undefined) throw new Error(`two use cases are called ${twin}`)
  return found
}

/** Every function of a row, likewise. */
export const readRowFunctions = async (): Promise<(Place & { readonly it: RowFunction })[]> =>
  (await readExports()).flatMap(({ value, ...place }) =>
    isRowFunction(value) ? { ...place, it: value } : [],
  )

async function readExports(): Promise<(Place & { readonly value: unknown })[]> {
  const found: (Place & { readonly value: unknown })[] = []
  for (const path of globSync('src/core/*/query/*.ts', { cwd: root }).sort()) {
    const [, , noun = ''] = path.split('/')
    const exports: Record<string, unknown> = await import(join(root, path))
    for (const [exported, value] of Object.entries(exports)) {
      found.push({ noun, file: basename(path, '.ts'), exported, value })
    }
  }
  return found
}

const isUseCase = (it: unknown): it is UseCase =>
  typeof it === 'object' && it !== null && 'statements' in it && 'params' in it && 'settings' in it

const isRowFunction = (it: unknown): it is RowFunction =>
  typeof it === 'object' && it !== null && 'table' in it && 'expression' in it
