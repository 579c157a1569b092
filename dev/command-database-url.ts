import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseAway, FunctionMissing } from '#db/database-error'
import { readDatabaseUrl } from './migration/database-url-and-failure.ts'
import { root } from './run.ts'

/** What `npm start` wrote for this machine is the environment of a command that names no database. */
export function loadEnvironmentOfStart(): void {
  const { DATABASE_URL, DATA_DIR } = process.env
  if (DATABASE_URL) return
  const file = join(resolve(root, DATA_DIR || '.data'), 'env')
  if (existsSync(file)) process.loadEnvFile(file)
}

/** Does work with the database of the service. If it fails because of the database, that is one sentence without the password. */
export async function withExplainedDatabaseErrors<T>(
  text: string | undefined,
  command: string,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  const { hostname } = readDatabaseUrl(text, command)
  try {
    return await work(text ?? '')
  } catch (error) {
    if (error instanceof FunctionMissing) {
      throw new Error(`The database at ${hostname} is of another release: run npm run migrate`)
    }
    if (!(error instanceof DatabaseAway)) throw error
    throw new Error(
      `The database at ${hostname} was not reached (${error.code}): check that it runs and that DATABASE_URL is right. The database of npm start runs only as long as npm start`,
    )
  }
}
