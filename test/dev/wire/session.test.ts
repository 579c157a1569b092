import { neon } from '@neondatabase/serverless'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '../../support/database.ts'
import { startTestWire, useWire } from '../../support/wire.ts'

// One session only: whatever a request leaves in it, the next one would find.
const connectionString = await freshDatabase()
const wire = await startTestWire({ connectionString, max: 1 })
useWire(wire)
const sql = neon(connectionString)
await sql`create table thing (id int)`

const observer = new pg.Client(connectionString)
await observer.connect()
afterAll(() => observer.end())

const session = async () => (await sql`select pg_backend_pid() as pid`)[0]?.pid

test('a session is used again', async () => {
  expect(await session()).toBe(await session())
})

test('a session stays in use after a refused statement', async () => {
  const before = await session()
  await sql`select nothing_here`.catch(() => {})
  await sql.transaction([sql`select nothing_here`]).catch(() => {})
  expect(await session()).toBe(before)
})

test.each([
  ['after BEGIN', () => sql`begin`],
  ['after BEGIN in a batch', () => sql.transaction([sql`commit`, sql`begin`])],
  ['after COMMIT AND CHAIN', () => sql.transaction([sql`commit and chain`])],
])('an open transaction is not handed on: %s', async (_, open) => {
  await open().catch(() => {})
  await sql`insert into thing values (1)`
  const { rows } = await observer.query('delete from thing returning id')
  expect(rows).toEqual([{ id: 1 }])
})

test('settings are not handed on', async () => {
  await sql`set work_mem = '77MB'`
  await sql`select set_config('my.tenant', 'other', false)`
  const [row] = await sql`
    select current_setting('work_mem') as memory, current_setting('my.tenant', true) as tenant`
  expect(row?.memory).not.toBe('77MB')
  expect(row?.tenant || null).toBeNull()
})

test('temporary tables are not handed on', async () => {
  await sql`create temp table mine as select 1 as n`
  await expect(sql`select * from mine`).rejects.toMatchObject({ code: '42P01' })
})

test('session locks are not handed on', async () => {
  await sql`select pg_advisory_lock(1)`
  const [row] = await sql`select count(*)::int as held from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
  expect(row?.held).toBe(0)
})

test('more requests than sessions wait for their turn', async () => {
  const rows = await Promise.all(Array.from({ length: 20 }, (_, n) => sql`select ${n}::int as n`))
  expect(rows.flat().map(({ n }) => n)).toEqual([...Array(20).keys()])
})

test('a session that PostgreSQL ended is replaced', async () => {
  const ended = sql`select pg_terminate_backend(pg_backend_pid())`
  await expect(ended).rejects.toMatchObject({ code: '57P01' })
  expect(await sql`select 1 as alive`).toEqual([{ alive: 1 }])
})
