import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connected } from './connected.ts'
import { applySet } from './functions/apply.ts'
import { dropOld } from './functions/drop.ts'
import { readSet } from './functions/set.ts'
import { applyMigrations } from './migration/apply.ts'
import { root } from './run.ts'
import { inTurn } from './transaction.ts'

const folder = join(root, 'drizzle')

/** Brings a database to this release: the migrations that it has not seen, then the functions that it lacks. */
export const migrate = (connectionString: string): Promise<void> =>
  connected(connectionString, async (client) => {
    await inTurn(client, () => applyMigrations(client, folder))
    await inTurn(client, () => applySet(client, readSet(join(folder, 'generated'))))
  })

/** Only the first half of it: the tables and their triggers. */
export const migrateTables = (connectionString: string): Promise<void> =>
  connected(connectionString, (client) => inTurn(client, () => applyMigrations(client, folder)))

/** Takes away the functions that no release in use needs; resolves with what it took. */
export const forgetOldReleases = (connectionString: string): Promise<string[]> =>
  connected(connectionString, (client) => inTurn(client, () => dropOld(client)))

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'drop-old': { type: 'boolean' } } })
  const { DATABASE_URL } = process.env
  if (!DATABASE_URL) throw new Error('DATABASE_URL is missing')
  if (!values['drop-old']) return migrate(DATABASE_URL)
  const dropped = await forgetOldReleases(DATABASE_URL)
  console.log(
    dropped.length === 0 ? 'nothing to drop' : dropped.map((one) => `dropped ${one}`).join('\n'),
  )
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
