import { createHash } from 'node:crypto'
import type pg from 'pg'
import { BREAKPOINT } from './extra-sql.ts'
import { type Migration, readMigrations } from './folder.ts'

const hashOf = ({ text }: Migration) => createHash('sha256').update(text).digest('hex')

/**
 * Applies the migrations that the database has not seen. Drizzle's own migrator goes by their dates alone, so that it takes another
 * schema for this one, and it lets two run at once. The record of what was applied stays where Drizzle has it.
 * A database that is ahead is left as it is: the code of a release runs on the schema of the next one. Resolves with the names of the
 * files that it applied.
 */
export async function applyMigrations(client: pg.Client, folder: string): Promise<string[]> {
  await client.query('create schema if not exists drizzle')
  await client.query(`create table if not exists drizzle.__drizzle_migrations
    (id serial primary key, hash text not null, created_at bigint)`)
  const { rows } = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by created_at, id',
  )
  const news: string[] = []
  for (const [at, migration] of readMigrations(folder).entries()) {
    const applied = rows[at]?.hash
    if (applied === undefined) {
      await apply(client, migration)
      news.push(`${migration.tag}.sql`)
    } else if (applied !== hashOf(migration)) {
      throw new Error(`the database was made with another version of ${migration.tag}.sql`)
    }
  }
  return news
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  for (const statement of migration.text.split(BREAKPOINT)) {
    await client.query(statement).catch((cause: Error) => {
      throw new Error(`PostgreSQL refuses ${migration.tag}.sql: ${cause.message}`, { cause })
    })
  }
  await client.query(
    'insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)',
    [hashOf(migration), migration.when],
  )
}
