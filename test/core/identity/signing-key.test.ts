import { decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { makeKeyring } from '#core/context'
import { makeIdentityProviders } from '#core/identity'
import { connectDatabase } from '#db/database'
import { rotateSigningKeys } from '../../../src/core/identity/signing-key.ts'
import { freshDatabase } from '../../support/database.ts'
import { readLists } from '../../support/lists.ts'
import { sql } from '../../support/sql.ts'
import { startTestWire } from '../../support/wire.ts'

const day = 86_400_000
const wire = await startTestWire({ connectionString: await freshDatabase() })
const db = connectDatabase(wire.connectionString, { endpoint: wire.endpoint, lists: readLists })
const keyring = makeKeyring(Buffer.alloc(32, 'test').toString('base64'))
let time = Date.parse('2030-01-01T00:00:00Z')
const store = { db, keyring, now: () => new Date(time) }
const isolate = (ring = keyring) =>
  makeIdentityProviders({
    ...store,
    keyring: ring,
    clients: new Map(),
    url: 'http://customer.test',
  }).issuer
const claims = { sub: 'dev', client_id: 'dev', tenant: 'demo', scope: 'customer:read' }
const kidOf = (token: string) => decodeProtectedHeader(token).kid
const kids = async (issuer = isolate()) => (await issuer.jwks()).keys.map(({ kid }) => kid)

describe('signing keys', () => {
  test('begin with one, also when many isolates wake up at once', async () => {
    const found = await Promise.all(Array.from({ length: 10 }, () => kids(isolate())))
    expect(new Set(found.flat()).size).toBe(1)
  })

  test('are kept sealed: without the master secret nothing can be signed, and that is said', async () => {
    const [rows = []] = await db.run([sql`select private_key from signing_key`])
    expect(String(rows[0]?.private_key)).not.toContain('"d"')
    const stranger = isolate(makeKeyring(Buffer.alloc(32, 'other').toString('base64')))
    await expect(stranger.sign(claims, 60)).rejects.toMatchObject({ code: 'misconfigured' })
  })

  test('get no successor before their time, however often it is asked for', async () => {
    for (let i = 0; i < 3; i++) await rotateSigningKeys(store)
    expect(await kids()).toHaveLength(1)
  })

  test('get one successor when many ask at once, published two days before it signs', async () => {
    const old = kidOf(await isolate().sign(claims, 60))
    const cached = isolate()
    await cached.jwks()
    time += 58 * day
    await Promise.all(Array.from({ length: 5 }, () => rotateSigningKeys(store)))
    expect(await kids()).toHaveLength(2)
    expect(kidOf(await isolate().sign(claims, 60))).toBe(old)
    time += 2 * day
    const token = await isolate().sign(claims, 60)
    expect(kidOf(token)).not.toBe(old)
    expect(await cached.verify(token)).toMatchObject({ sub: 'dev' })
  })

  test('verify what they signed as long as it lives, and are then forgotten', async () => {
    const keys = await kids()
    const old = keys.at(-1)
    const token = await isolate().sign(claims, 30 * day)
    time += 29 * day
    expect(await isolate().verify(token)).toMatchObject({ sub: 'dev' })
    time += 40 * day
    await rotateSigningKeys(store)
    expect(await kids()).not.toContain(old)
    expect(await kids()).toHaveLength(2)
  })

  test('a token signed by a key that this isolate has not seen is accepted after one look', async () => {
    const waiting = isolate()
    await waiting.jwks()
    await db.run([sql`delete from signing_key`])
    const token = await isolate().sign(claims, 60)
    wire.reset()
    expect(await waiting.verify(token)).toMatchObject({ sub: 'dev' })
    expect(await waiting.verify(token)).toMatchObject({ sub: 'dev' })
    expect(wire.count().trips).toBe(1)
  })
})

test('what was verified is not verified again, but never beyond its expiry', async () => {
  const issuer = isolate()
  const token = await issuer.sign(claims, 60)
  const first = await issuer.verify(token)
  expect(await issuer.verify(token)).toBe(first)
  time += 61_000
  await expect(issuer.verify(token)).rejects.toMatchObject({ code: 'invalid_token' })
})

test('while the database is away tokens are still believed, and new ones signed', async () => {
  const issuer = isolate()
  await issuer.jwks()
  const token = await issuer.sign(claims, 3600)
  wire.faults.always = () => ({ at: 'before', do: 'cut' })
  time += 11 * 60_000
  expect(await issuer.verify(token)).toMatchObject({ sub: 'dev' })
  expect(await issuer.verify(await issuer.sign(claims, 60))).toMatchObject({ sub: 'dev' })
  await expect(isolate().verify(token)).rejects.toMatchObject({ name: 'Away' })
  wire.faults.clear()
})
