import { join } from 'node:path'
import { filesOfFunctionSet } from './functions/function-set.ts'
import { makeFunctionSetFromSources } from './functions/make.ts'
import { findStaleFiles, type GeneratedFolder, writeGeneratedFolder } from './generated-folder.ts'
import { firstMigrationTexts } from './migration/first.ts'
import { isServiceReleased } from './migration/is-service-released.ts'
import { assertNoMigrationMissing, writeNextMigration } from './migration/write.ts'
import { root } from './run.ts'

/** What `npm run migrate` brings to a database: the migrations, and the functions of this release. */
const migrations = 'drizzle'
const generated = 'generated'
const folder = join(root, migrations)

const functionTree = async (): Promise<GeneratedFolder> => ({
  folder: `${migrations}/${generated}`,
  files: filesOfFunctionSet(await makeFunctionSetFromSources()),
})

const firstTree = async (): Promise<GeneratedFolder> => ({
  folder: migrations,
  files: await firstMigrationTexts(),
  byHand: ['config.ts', generated],
})

/**
 * Writes the migrations as the schema needs them. A migration that was released is not touched. @param name says what a new one is
 * for; without it a released schema gets none.
 */
export async function writeMigrations(name?: string): Promise<void> {
  return isServiceReleased()
    ? writeNextMigration(folder, name)
    : writeGeneratedFolder(await firstTree())
}

/** Writes the functions as the code needs them. */
export const writeFunctions = async (): Promise<void> => writeGeneratedFolder(await functionTree())

/** Fails when the migrations make another schema than the code says. */
export async function checkMigrations(): Promise<undefined> {
  if (!isServiceReleased()) return assertFresh(await findStaleFiles(await firstTree()))
  await assertNoMigrationMissing(folder)
}

/** Fails when the functions are not those of the code. */
export async function checkFunctions(): Promise<string> {
  const tree = await functionTree()
  assertFresh(await findStaleFiles(tree))
  return `${Object.keys(tree.files).length - 1} functions`
}

function assertFresh(stale: readonly string[]): undefined {
  if (stale.length > 0) throw new Error(`npm run generate would change: ${stale.join(', ')}`)
}

if (import.meta.main) {
  await writeMigrations()
  await writeFunctions()
}
