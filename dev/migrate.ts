import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as apply } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

const folder = join(import.meta.dirname, '..', 'drizzle')

/** Applies the migrations of `drizzle/` that the database has not seen, in one transaction. */
export async function migrate(connectionString: string, migrationsFolder = folder): Promise<void> {
  if (!existsSync(`${migrationsFolder}/meta/_journal.json`)) return
  const client = new pg.Client(connectionString)
  await client.connect()
  try {
    await apply(drizzle(client), { migrationsFolder })
  } finally {
    await client.end()
  }
}

if (import.meta.main) {
  const { DATABASE_URL } = process.env
  if (!DATABASE_URL) throw new Error('DATABASE_URL is missing')
  await migrate(DATABASE_URL)
}
