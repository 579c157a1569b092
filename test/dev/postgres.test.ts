import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from '../../dev/lock-folder.ts'
import { type Postgres, startPostgres } from '../../dev/postgres.ts'

const root = mkdtempSync(join(tmpdir(), 'customer-postgres-'))
const folder = join(root, 'postgres')
const settings = { fsync: 'off' }
const running: Postgres[] = []

const start = async () => {
  const postgres = await startPostgres({ folder, settings })
  running.push(postgres)
  return postgres
}

afterAll(async () => {
  for (const postgres of running) await postgres.stop()
  rmSync(root, { recursive: true })
})

async function query(postgres: Postgres, text: string) {
  const client = new pg.Client(postgres.connectionString())
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const serverPid = () => Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10)

test('PostgreSQL 18 keeps what was written over a stop and a start', async () => {
  const first = await start()
  const [about] = await query(
    first,
    `select current_setting('server_version_num')::int / 10000 as major, datcollate, datctype,
      pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`,
  )
  expect(about).toMatchObject({ major: 18, encoding: 'UTF8' })
  await query(first, 'create table kept (id int)')
  await first.stop()
  const second = await start()
  expect(await query(second, 'select * from kept')).toEqual([])
  await second.stop()
})

test('a server that is killed says so, and the next one recovers', async () => {
  const first = await start()
  await query(first, 'insert into kept values (1)')
  process.kill(serverPid(), 'SIGKILL')
  expect(await first.crashed).toBe('PostgreSQL ended by itself (SIGKILL)')
  const second = await start()
  expect(await query(second, 'select * from kept')).toEqual([{ id: 1 }])
  await second.stop()
})

test('a pid file that names a stranger does not hinder the start', async () => {
  writeFileSync(join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n0\n1\n`)
  const postgres = await start()
  expect(await query(postgres, 'select 1 as alive')).toEqual([{ alive: 1 }])
  await postgres.stop()
})

test('a server that outlived its start is ended by the next one', async () => {
  const first = await start()
  const second = await start()
  expect(await first.crashed).toContain('PostgreSQL ended by itself')
  expect(await query(second, 'select * from kept')).toEqual([{ id: 1 }])
  await second.stop()
})

test('a folder with something else in it is refused in one sentence', async () => {
  const other = join(root, 'other')
  mkdirSync(other)
  writeFileSync(join(other, 'letter.txt'), 'Dear Jane')
  await expect(startPostgres({ folder: other, settings })).rejects.toThrow(
    `The data folder ${other} holds something that is not a PostgreSQL cluster`,
  )
  expect(readFileSync(join(other, 'letter.txt'), 'utf8')).toBe('Dear Jane')
})

test('a cluster of another version is refused in one sentence', async () => {
  const old = join(root, 'old')
  mkdirSync(old)
  writeFileSync(join(old, 'PG_VERSION'), '15\n')
  await expect(startPostgres({ folder: old, settings })).rejects.toThrow(
    `The data folder ${old} is from PostgreSQL 15; this is 18`,
  )
})

test('a damaged cluster is refused in one sentence', async () => {
  const broken = join(root, 'broken')
  execFileSync('cp', ['-a', folder, broken])
  rmSync(join(broken, 'global', 'pg_control'))
  await expect(startPostgres({ folder: broken, settings })).rejects.toThrow(
    new RegExp(`^PostgreSQL could not start on ${broken}: could not open file .*pg_control.*$`),
  )
})

test('a folder is held by one process at a time', async () => {
  const release = await lockFolder(root)
  await expect(lockFolder(root)).rejects.toThrow(
    `Another npm start is using the data folder ${root}: end it, or choose another folder with DATA_DIR`,
  )
  release()
  const again = await lockFolder(root)
  again()
})
