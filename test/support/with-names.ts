import { join } from 'node:path'
import { readFunctionSet } from '../../dev/functions/function-set.ts'
import { renameFunctions } from '../../dev/functions/name.ts'
import { root } from '../../dev/run.ts'

const { functions } = readFunctionSet(join(root, 'drizzle', 'generated'))
const names = new Map(functions.map(({ name, own }) => [name, own]))

/** A statement with the names that the functions have in the database. */
export const withNames = (statement: string): string => renameFunctions(statement, names)
