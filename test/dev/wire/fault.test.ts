import { NeonDbError, neon } from '@neondatabase/serverless'
import { beforeEach, expect, test } from 'vitest'
import { freshDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'
import { startTestWire, useWire } from '../../support/wire.ts'

const wire = await startTestWire({ connectionString: await freshDatabase() })
useWire(wire)
const sql = neon(wire.connectionString)
await sql`create table thing (id int)`

const write = () => sql.transaction([sql`insert into thing values (1)`, sql`select 1`])
const written = async () => (await sql`select * from thing`).length

beforeEach(async () => {
  await sql`truncate thing`
  wire.reset()
})

test('a request that is cut before it runs did nothing', async () => {
  wire.faults.add({ do: 'cut', at: 'before' })
  const error = await write().catch((e) => e)
  expect(error).toBeInstanceOf(NeonDbError)
  expect(error.code).toBeUndefined()
  expect(await written()).toBe(0)
})

test('a reply that is cut after COMMIT looks the same, and everything was done', async () => {
  wire.faults.add({ do: 'cut', at: 'after' })
  const error = await write().catch((e) => e)
  expect(error).toBeInstanceOf(NeonDbError)
  expect(error.code).toBeUndefined()
  expect(await written()).toBe(1)
})

test.each([500, 507, 429, 503] as const)('a request can be answered with %i', async (status) => {
  wire.faults.add({ do: 'answer', at: 'before', status })
  await expect(write()).rejects.toThrow(`HTTP status ${status}`)
  expect(await written()).toBe(0)
  wire.faults.add({ do: 'answer', at: 'after', status })
  await expect(write()).rejects.toThrow(`HTTP status ${status}`)
  expect(await written()).toBe(1)
})

test('a request can be held until something happened', async () => {
  const gate = Promise.withResolvers<void>()
  wire.faults.add({ do: 'hold', at: 'after', until: gate.promise })
  const order: string[] = []
  const held = write().then(() => order.push('answered'))
  await until(async () => (await written()) === 1)
  order.push('written')
  gate.resolve()
  await held
  expect(order).toEqual(['written', 'answered'])
})

test('a request can be delayed', async () => {
  wire.faults.add({ do: 'delay', at: 'before', milliseconds: 1 })
  await write()
  expect(wire.faults.left).toBe(0)
})

test('faults are used in their order, each once', async () => {
  wire.faults.add({ do: 'answer', at: 'before', status: 500 }, { do: 'cut', at: 'before' })
  await expect(write()).rejects.toThrow('500')
  await expect(write()).rejects.toThrow('Error connecting')
  await write()
  expect(await written()).toBe(1)
})

test('a fault waits for the request it is meant for', async () => {
  const isInsert = ({ query }: { query: string }) => query.startsWith('insert')
  wire.faults.add({ do: 'cut', at: 'before', when: ({ queries }) => queries.some(isInsert) })
  expect(await sql`select 1 as n`).toEqual([{ n: 1 }])
  await expect(write()).rejects.toThrow()
  expect(await sql`select 1 as n`).toEqual([{ n: 1 }])
})

test('a rule can judge every request', async () => {
  wire.faults.always = ({ batch }) => (batch ? { do: 'cut', at: 'before' } : undefined)
  await expect(write()).rejects.toThrow()
  await expect(write()).rejects.toThrow()
  expect(await written()).toBe(0)
  wire.reset()
  await write()
})

test('a failed request counts as a round trip too', async () => {
  wire.faults.add({ do: 'cut', at: 'before' }, { do: 'cut', at: 'after' })
  await write().catch(() => {})
  await write().catch(() => {})
  await sql`select nothing_here`.catch(() => {})
  expect(wire.count()).toEqual({ trips: 3, statements: 5, sockets: 0 })
})

test('callers are counted apart by their application_name', async () => {
  const mine = neon(`${wire.connectionString}?application_name=mine`)
  await Promise.all([mine`select 1`, mine`select 2`, sql`select 3`])
  expect(wire.count('mine').trips).toBe(2)
  expect(wire.count('nobody').trips).toBe(0)
  expect(wire.count().trips).toBe(3)
})
