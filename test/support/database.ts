import { randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import { withConnection } from '../../dev/with-connection.ts'
import { databaseNamed, query } from './rows.ts'

/**
 * A migrated, empty database for a test file that cannot share one, for example because it counts
 * all rows; dropped after the file's last test.
 */
export const freshDatabase = (): Promise<string> => databaseLike('template_customer')

/** `freshDatabase` whose statistics say that its tables are empty, and go on to say so. */
export async function analyzedDatabase(): Promise<string> {
  const database = await freshDatabase()
  await withConnection(database, async (client) => {
    await client.query('vacuum analyze')
    await client.query(`do $$ declare it regclass; begin
      for it in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
        execute format('alter table %s set (autovacuum_enabled = off)', it);
      end loop; end $$`)
  })
  return database
}

/** One without a table. */
export const emptyDatabase = (): Promise<string> => databaseLike('template1')

/** `freshDatabase` for one piece of work, and dropped after it. */
export async function withFreshDatabase<T>(work: (database: string) => Promise<T>): Promise<T> {
  const name = await copyOf('template_customer')
  try {
    return await work(databaseNamed(name))
  } finally {
    await drop(name)
  }
}

async function databaseLike(template: string): Promise<string> {
  const name = await copyOf(template)
  afterAll(() => drop(name))
  return databaseNamed(name)
}

async function copyOf(template: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  // The copy is made of files: through the buffers of the server it costs twice the work.
  await administer(`create database ${name} template ${template} strategy file_copy`)
  return name
}

const drop = (name: string) => administer(`drop database ${name} with (force)`)

const administer = (statement: string) => query(statement, [], databaseNamed('postgres'))
