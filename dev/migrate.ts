import { join } from 'node:path'
import { readArgs, runCommandOrPrintUsage } from './command-line.ts'
import { createMissingFunctions } from './functions/apply.ts'
import { dropFunctionsOfOldReleases } from './functions/drop.ts'
import { readFunctionSet } from './functions/function-set.ts'
import { applyMigrations } from './migration/apply.ts'
import { explainMigrationFailure, readDatabaseUrl } from './migration/database-url-and-failure.ts'
import { root } from './run.ts'
import { inSchemaChangeTransaction } from './schema-change-transaction.ts'
import { withConnection } from './with-connection.ts'

const folder = join(root, 'drizzle')

const usage = `DATABASE_URL='postgresql://…?sslmode=require' npm run migrate [-- --drop-old]

Applies the migrations and makes the functions that the database lacks.

  --drop-old   drops the functions that no release in use needs, and does nothing else
  --help       prints this text`

/** What a database lacked. */
type Applied = {
  readonly release: string
  /** The files of the migrations. */
  readonly migrations: readonly string[]
  /** How many functions. */
  readonly functions: number
}

/** Brings a database to this release: the migrations that it has not seen, then the functions that it lacks. */
export const migrate = (connectionString: string): Promise<Applied> =>
  withConnection(connectionString, async (client) => {
    const set = readFunctionSet(join(folder, 'generated'))
    const migrations = await inSchemaChangeTransaction(client, () =>
      applyMigrations(client, folder),
    )
    const functions = await inSchemaChangeTransaction(client, () =>
      createMissingFunctions(client, set),
    )
    return { release: set.release, migrations, functions }
  })

/** Only the first half of it: the tables and their triggers. */
export const migrateTables = (connectionString: string): Promise<string[]> =>
  withConnection(connectionString, (client) =>
    inSchemaChangeTransaction(client, () => applyMigrations(client, folder)),
  )

/** Takes away the functions that no release in use needs; resolves with what it took. */
export const dropOldReleases = (connectionString: string): Promise<string[]> =>
  withConnection(connectionString, (client) =>
    inSchemaChangeTransaction(client, () => dropFunctionsOfOldReleases(client)),
  )

type Command = {
  /** What stands behind the command. */
  readonly args: readonly string[]
  readonly databaseUrl: string | undefined
}

/** `npm run migrate`: resolves with what it did, line by line. Fails with one sentence, in which there is no password. */
export async function runMigrate({ args, databaseUrl }: Command): Promise<string[]> {
  const options = { 'drop-old': { type: 'boolean' } } as const
  const { values } = readArgs(args, { name: 'npm run migrate', options })
  const address = readDatabaseUrl(databaseUrl)
  try {
    return values['drop-old']
      ? tellDropped(await dropOldReleases(address.href))
      : tellApplied(await migrate(address.href))
  } catch (error) {
    throw new Error(explainMigrationFailure(error, address))
  }
}

function tellApplied({ release, migrations, functions }: Applied): string[] {
  if (migrations.length === 0 && functions === 0) {
    return [`nothing to apply: the database has release ${release}`]
  }
  const made = functions === 1 ? '1 function' : `${functions} functions`
  return [...migrations.map((file) => `applied ${file}`), `made ${made} of release ${release}`]
}

const tellDropped = (dropped: readonly string[]): string[] =>
  dropped.length === 0 ? ['nothing to drop'] : dropped.map((one) => `dropped ${one}`)

if (import.meta.main) {
  const { DATABASE_URL: databaseUrl } = process.env
  await runCommandOrPrintUsage(usage, async (args) =>
    (await runMigrate({ args, databaseUrl })).join('\n'),
  )
}
