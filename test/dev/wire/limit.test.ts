import { connect } from 'node:net'
import { neon } from '@neondatabase/serverless'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'
import { startTestWire, useWire } from '../../support/wire.ts'
import { ask } from './request.ts'

const connectionString = await freshDatabase()
const wire = await startTestWire({ connectionString })
const small = await startTestWire({
  connectionString,
  maxRequestBytes: 1000,
  maxResponseBytes: 1000,
})
/** So short that on a busy machine it may be over for everyone. */
const hasty = await startTestWire({ connectionString, timeoutMilliseconds: 50 })
useWire(wire)
const sql = neon(connectionString)
await sql`create table thing (id int)`
const left = async () => (await sql`delete from thing returning id`).length
const running = (marker: string) => sql`
  select pid from pg_stat_activity where query like ${`%${marker}%`} and state = 'active' and pid <> pg_backend_pid()`

describe('size', () => {
  test('of a request is at most ten mebibytes', async () => {
    const fits = JSON.stringify({
      query: 'select length($1) as n',
      params: ['x'.repeat(10_485_000)],
    })
    expect(await ask(wire, { body: fits })).toMatchObject({ body: { rows: [{ n: 10_485_000 }] } })
    const tooLarge = JSON.stringify({
      query: 'select length($1)',
      params: ['x'.repeat(10_485_760)],
    })
    expect(await ask(wire, { body: tooLarge })).toMatchObject({
      status: 413,
      body: { message: 'request is too large (max is 10485760 bytes)' },
    })
  })

  test('of an answer is at most ten mebibytes', async () => {
    await expect(sql`select repeat('x', 10485760)`).rejects.toThrow('507')
    expect(await ask(wire, { body: { query: `select repeat('x', 10485760)` } })).toMatchObject({
      status: 507,
      body: { message: 'response is too large (max is 10485760 bytes)' },
    })
  })

  test('that is too large in an answer rolls the batch back', async () => {
    const queries = [
      { query: 'insert into thing values (1)' },
      { query: `select repeat('x', 600)` },
      { query: `select repeat('y', 600)` },
    ]
    expect((await ask(small, { body: { queries } })).status).toBe(507)
    expect(await left()).toBe(0)
  })

  test('counts as the caller gets it, escapes included', async () => {
    const queries = [
      { query: 'insert into thing values (1)' },
      { query: `select repeat(chr(1), 300) as word` },
    ]
    expect((await ask(small, { body: { queries } })).status).toBe(507)
    expect(await left()).toBe(0)
  })
})

describe('time', () => {
  test('over its limit ends the statement', async () => {
    const body = { query: `select pg_sleep(60), 'over-time'` }
    expect(await ask(hasty, { body })).toMatchObject({
      status: 504,
      body: { message: 'HTTP-Connection timed out, execution time exceeded 0.05 seconds' },
    })
    await until(async () => (await running('over-time')).length === 0)
    await until(async () => (await ask(hasty, { body: { query: 'select 1' } })).status === 200)
  })

  test('over its limit rolls the batch back', async () => {
    const queries = [{ query: 'insert into thing values (1)' }, { query: 'select pg_sleep(60)' }]
    expect((await ask(hasty, { body: { queries } })).status).toBe(504)
    expect(await left()).toBe(0)
  })
})

describe('a client that goes away', () => {
  const sendAndLeave = async (body: unknown, marker: string) => {
    const text = JSON.stringify(body)
    const socket = connect(wire.port, '127.0.0.1')
    socket.write(
      `POST /sql HTTP/1.1\r\nHost: wire\r\nNeon-Connection-String: ${connectionString}\r\n` +
        `Content-Length: ${text.length}\r\n\r\n${text}`,
    )
    await until(async () => (await running(marker)).length === 1)
    socket.destroy()
    await until(async () => (await running(marker)).length === 0)
  }

  test('cancels its statement', async () => {
    await sendAndLeave({ query: `select pg_sleep(60), 'left-one'` }, 'left-one')
  })

  test('gets nothing of its batch committed', async () => {
    const queries = [
      { query: 'insert into thing values (1)' },
      { query: `select pg_sleep(60), 'left-batch'` },
    ]
    await sendAndLeave({ queries }, 'left-batch')
    expect(await left()).toBe(0)
  })

  test('while it waits for its turn gets nothing run', async () => {
    const gate = Promise.withResolvers<void>()
    wire.faults.add({ do: 'hold', at: 'before', until: gate.promise })
    const leaving = new AbortController()
    const asked = neon(connectionString, { fetchOptions: { signal: leaving.signal } })
    const waiting = asked`insert into thing values (1)`.catch((error) => error)
    await until(async () => wire.faults.left === 0)
    leaving.abort()
    expect(await waiting).toBeInstanceOf(Error)
    // A later request is answered, so the wire has noticed the earlier leave.
    await sql`select 1`
    gate.resolve()
    expect(await left()).toBe(0)
  })
})
