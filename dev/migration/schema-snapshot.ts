import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import config from '../../drizzle/config.ts'
import { root } from '../run.ts'

// The ES module of the same package takes five times as long to load.
const require = createRequire(import.meta.url)
type Kit = typeof import('drizzle-kit/api')
const loadKit = (): Kit => require('drizzle-kit/api')

/** All tables, as drizzle-kit describes them. */
export type Snapshot = ReturnType<Kit['generateDrizzleJson']>

type Ids = { readonly id: string; readonly prevId: string }

export const NO_SNAPSHOT_ID = '00000000-0000-0000-0000-000000000000'

/** The tables as the schema files say them. */
export async function takeSnapshot({ id, prevId }: Ids): Promise<Snapshot> {
  const tables = await importSchema()
  return { ...loadKit().generateDrizzleJson(tables, prevId, undefined, config.casing), id }
}

/** The statements from one snapshot to another. It asks at the terminal whether something was renamed, never when the first is empty. */
export const statementsBetween = (
  before: Snapshot | undefined,
  after: Snapshot,
): Promise<string[]> => {
  const kit = loadKit()
  return kit.generateMigration(before ?? kit.generateDrizzleJson({}), after)
}

/** Every file of the folder: a table that the index forgot would be forgotten here too. */
async function importSchema(): Promise<Record<string, unknown>> {
  const folder = join(root, 'src', 'db', 'schema')
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  const modules: Record<string, unknown>[] = await Promise.all(
    files.sort().map((file) => import(pathToFileURL(join(folder, file)).href)),
  )
  const exports = modules.flatMap((module) => Object.entries(module))
  // In an order of their own: that of a module's exports depends on what loads it.
  return Object.fromEntries(exports.sort(([a], [b]) => (a < b ? -1 : 1)))
}
