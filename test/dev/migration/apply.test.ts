import pg from 'pg'
import { expect, test } from 'vitest'
import { migrate } from '../../../dev/migrate.ts'
import { emptyDatabase, freshDatabase } from '../../support/database.ts'

async function query<Row extends object>(database: string, text: string): Promise<Row[]> {
  const client = new pg.Client(database)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

const state = (database: string) =>
  query(
    database,
    `select (select jsonb_agg(m) from drizzle.__drizzle_migrations m) as migrations,
      (select jsonb_agg(r) from release r) as releases,
      (select count(*)::int from pg_proc where pronamespace = 'public'::regnamespace) as functions`,
  )

test('two migrations of an empty database at once make what one makes', async () => {
  const database = await emptyDatabase()
  await Promise.all([migrate(database), migrate(database)])
  const once = await state(database)
  await migrate(database)
  expect(await state(database)).toEqual(once)
  const [fresh] = await query(await freshDatabase(), 'select id from release')
  expect(await query(database, 'select id from release')).toEqual([fresh])
})

test('a database that other migrations made is refused and left alone', async () => {
  const database = await freshDatabase()
  await query(database, `update drizzle.__drizzle_migrations set hash = 'another'`)
  const before = await state(database)
  await expect(migrate(database)).rejects.toThrow(
    'the database was made with another version of 0000_tables.sql',
  )
  expect(await state(database)).toEqual(before)
})

test('a database that is ahead of this release is left as it is', async () => {
  const database = await freshDatabase()
  await query(
    database,
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.UTC(2100, 0)})`,
  )
  const before = await state(database)
  await migrate(database)
  expect(await state(database)).toEqual(before)
})

test('a migration that PostgreSQL refuses leaves nothing behind', async () => {
  const database = await emptyDatabase()
  await query(database, 'create table webhook (id int)')
  await expect(migrate(database)).rejects.toThrow(
    'PostgreSQL refuses 0000_tables.sql: relation "webhook" already exists',
  )
  expect(
    await query(database, `select tablename from pg_tables where schemaname = 'public'`),
  ).toEqual([{ tablename: 'webhook' }])
})
