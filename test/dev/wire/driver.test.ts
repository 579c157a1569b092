import { NeonDbError, neon, neonConfig, Pool, types } from '@neondatabase/serverless'
import { sql as raw } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/neon-http'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../support/database.ts'
import { runs } from '../../support/runs.ts'
import { startTestWire, useWire } from '../../support/wire.ts'

const wire = await startTestWire({ connectionString: await freshDatabase() })
useWire(wire)
const sql = neon(wire.connectionString)
await sql`create table thing (id int primary key, name text not null)`

beforeEach(async () => {
  await sql`truncate thing`
  wire.reset()
})

describe('one statement', () => {
  test('gives typed rows', async () => {
    const [row] = await sql`
      select 1 as one, 2::bigint as two, true as yes, null as nothing, 'é😀'::text as word,
        array[1, null, 3] as list, '{"a": [1]}'::jsonb as document, ${'p'} as parameter`
    expect(row).toEqual({
      one: 1,
      two: '2',
      yes: true,
      nothing: null,
      word: 'é😀',
      list: [1, null, 3],
      document: { a: [1] },
      parameter: 'p',
    })
  })

  test('gives the command and the count of rows', async () => {
    const full = neon(wire.connectionString, { fullResults: true, arrayMode: true })
    const result = await full`insert into thing values (1, 'a'), (2, 'b') returning id, name`
    expect(result).toMatchObject({
      command: 'INSERT',
      rowCount: 2,
      rowAsArray: true,
      rows: [
        [1, 'a'],
        [2, 'b'],
      ],
    })
    expect(result.fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['id', 23],
      ['name', 25],
    ])
    expect(await full`create table if not exists thing (id int)`).toMatchObject({
      command: 'CREATE',
      rowCount: null,
      rows: [],
      fields: [],
    })
  })

  test('takes dates, lists, documents and bytes as parameters', async () => {
    const when = new Date('2026-01-02T03:04:05.678Z')
    const [row] = await sql`select ${when}::timestamptz = '2026-01-02 03:04:05.678+00' as date,
      ${['a"b', 'c\\d', null]}::text[] = array['a"b', 'c\\d', null] as list,
      ${{ a: 1 }}::jsonb = '{"a":1}' as document, ${Buffer.from('hé')}::bytea = 'hé'::bytea as bytes`
    expect(row).toEqual({ date: true, list: true, document: true, bytes: true })
  })

  test('is refused with all that PostgreSQL says', async () => {
    await sql`insert into thing values (1, 'a')`
    const error = await sql`insert into thing values (1, 'b')`.catch((e) => e)
    expect(error).toBeInstanceOf(NeonDbError)
    expect(error).toMatchObject({
      message: 'duplicate key value violates unique constraint "thing_pkey"',
      code: '23505',
      severity: 'ERROR',
      detail: 'Key (id)=(1) already exists.',
      schema: 'public',
      table: 'thing',
      constraint: 'thing_pkey',
      routine: '_bt_check_unique',
    })
    expect(await sql`select 1 as alive`).toEqual([{ alive: 1 }])
  })

  test('is one statement only', async () => {
    await expect(sql.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' })
  })

  test('carries many thousand rows', async () => {
    const many = runs(20_000, 90_000)
    const rows = await sql`select generate_series(1, ${many}::int) as n`
    expect(rows).toHaveLength(many)
    expect(rows.at(-1)).toEqual({ n: many })
  })

  test('carries one value of eight megabytes', async () => {
    const [row] = await sql`select repeat('x', 8000000) as word`
    expect(row?.word).toHaveLength(8_000_000)
  })
})

describe('a batch', () => {
  test('is one transaction and one round trip', async () => {
    const [first, second, third] = await sql.transaction([
      sql`insert into thing values (1, 'a') returning name`,
      sql`select count(*) as seen, txid_current() as id from thing`,
      sql`select txid_current() as id`,
    ])
    expect(first).toEqual([{ name: 'a' }])
    expect(second?.[0]).toMatchObject({ seen: '1', id: third?.[0]?.id })
    expect(wire.count()).toEqual({ trips: 1, statements: 3, sockets: 0 })
  })

  test('leaves nothing when one of its statements fails', async () => {
    const batch = sql.transaction([
      sql`insert into thing values (1, 'a')`,
      sql`insert into thing values (1, 'b')`,
      sql`select pg_sleep(60)`,
    ])
    await expect(batch).rejects.toMatchObject({ code: '23505' })
    expect(await sql`select * from thing`).toEqual([])
  })

  test('leaves nothing when only its commit fails', async () => {
    await sql`create table later (id int unique deferrable initially deferred)`
    const batch = sql.transaction([
      sql`insert into later values (1)`,
      sql`insert into later values (1)`,
    ])
    await expect(batch).rejects.toMatchObject({ code: '23505' })
    expect(await sql`select * from later`).toEqual([])
  })

  test('sees in each statement what others committed before it', async () => {
    const one = Promise.withResolvers<void>()
    wire.faults.add({ do: 'hold', at: 'before', until: one.promise, when: ({ batch }) => batch })
    const waiting = sql.transaction([sql`select count(*) as n from thing`])
    await sql`insert into thing values (7, 'x')`
    one.resolve()
    expect(await waiting).toEqual([[{ n: '1' }]])
  })

  test('runs with the isolation that was asked for', async () => {
    const show = () => sql`select current_setting('transaction_isolation') as level,
      current_setting('transaction_read_only') as only, current_setting('transaction_deferrable') as later`
    const [plain] = await sql.transaction([show()])
    expect(plain).toEqual([{ level: 'read committed', only: 'off', later: 'off' }])
    const [strict] = await sql.transaction([show()], {
      isolationLevel: 'Serializable',
      readOnly: true,
      deferrable: true,
    })
    expect(strict).toEqual([{ level: 'serializable', only: 'on', later: 'on' }])
  })

  test('of nothing is nothing', async () => {
    expect(await sql.transaction([])).toEqual([])
  })
})

describe('Drizzle', () => {
  const thing = pgTable('thing', { id: integer().primaryKey(), name: text().notNull() })
  const parsers = ['TIMESTAMPTZ', 'TIMESTAMP', 'DATE', 'INTERVAL'].map((name) => {
    const type = Number(Reflect.get(types.builtins, name))
    return [type, types.getTypeParser(type)] as const
  })
  // Drizzle changes how the driver reads them for all of the process.
  const db = drizzle(sql)
  afterAll(() => {
    for (const [type, parse] of parsers) types.setTypeParser(type, parse)
  })

  test('selects, inserts and batches', async () => {
    const [inserted, found, counted] = await db.batch([
      db.insert(thing).values({ id: 1, name: 'a' }).returning(),
      db.select().from(thing),
      db.execute<{ n: string }>(raw`select count(*) as n from thing`),
    ])
    expect(inserted).toEqual([{ id: 1, name: 'a' }])
    expect(found).toEqual(inserted)
    expect(counted.rows).toEqual([{ n: '1' }])
    expect(wire.count().trips).toBe(1)
  })
})

describe('WebSockets', () => {
  neonConfig.useSecureWebSocket = false
  // The default pipelines the connection, which needs a cleartext password.
  neonConfig.pipelineConnect = 'password'

  const use = async (run: (pool: Pool) => Promise<void>) => {
    const pool = new Pool({ connectionString: wire.connectionString, max: 2 })
    // A socket that is closed while nobody uses it, as it is on the way out, is told to the pool.
    pool.on('error', () => undefined)
    try {
      await run(pool)
    } finally {
      await pool.end()
    }
  }

  test('carry an interactive transaction', async () => {
    neonConfig.wsProxy = () => `127.0.0.1:${wire.port}/v2`
    await use(async (pool) => {
      const client = await pool.connect()
      await client.query('begin')
      await client.query('insert into thing values ($1, $2)', [1, 'a'])
      expect(await sql`select * from thing`).toEqual([])
      await client.query('commit')
      client.release()
      expect(await sql`select * from thing`).toEqual([{ id: 1, name: 'a' }])
    })
    expect(wire.count().sockets).toBe(1)
  })

  test('reach the server that the address names', async () => {
    const { hostname, port } = new URL(wire.connectionString)
    neonConfig.wsProxy = () => `127.0.0.1:${wire.port}/v1?address=${hostname}:${port}`
    await use(async (pool) => {
      const { rows } = await pool.query(
        'select current_database() as name, repeat($1, 200000) as word',
        ['x'],
      )
      expect(rows[0].word).toHaveLength(200_000)
    })
  })

  test('end when PostgreSQL is not there', async () => {
    neonConfig.wsProxy = () => `127.0.0.1:${wire.port}/v1?address=127.0.0.1:1`
    await use(async (pool) => {
      await expect(pool.query('select 1')).rejects.toThrow()
    })
  })
})
