import { join } from 'node:path'
import { root } from '../run.ts'
import { readFunctionSet } from './function-set.ts'

/** What a function of the applied set is called in the database. */
export function functionNameInDatabase(name: string): string {
  const { functions } = readFunctionSet(join(root, 'drizzle', 'generated'))
  const found = functions.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no function ${name}`)
  return found.own
}
