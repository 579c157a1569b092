import { decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { purgeOldAccountRows } from '#core/account'
import { systemContextForTenants } from '../../src/runtime.ts'
import { claimsOf, startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { logIn, makeShopper, someAddress } from '../support/shopper.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call } = app
const day = 86_400_000
const tables = ['session', 'attempt', 'mail_token', 'mail', 'quota', 'failure', 'email_change']

const counts = async () => {
  const lists = await app.db.run(
    tables.map(
      (table) =>
        sql`select count(*)::int as count from ${sql.identifier(table)} where tenant = ${app.tenant}`,
    ),
  )
  return Object.fromEntries(tables.map((table, i) => [table, lists[i]?.[0]?.count]))
}

/** One of everything that is kept for a while. */
async function fill() {
  const token = await app.storefrontToken()
  const shopper = await makeShopper(app)
  const session = await logIn(app, shopper)
  const body = { email: someAddress(), password: shopper.password }
  await call('POST', '/auth/email/change', { token: session.accessToken, body })
  await call('POST', '/customer', { token, body: { ...body, email: someAddress() } })
  await call('POST', '/auth/login', { token, body: { email: someAddress(), password: 'wrong' } })
}

test('every night what is over is forgotten, and nothing else', async () => {
  await fill()
  const before = await counts()
  expect(Object.values(before).every((count) => Number(count) > 0)).toBe(true)
  await app.cron('17 3 * * *')
  expect(await counts()).toEqual(before)
  app.advance(40 * day)
  await app.cron('17 3 * * *')
  expect(await counts()).toEqual(Object.fromEntries(tables.map((table) => [table, 0])))
})

test('a move of an address is kept as long as it can be undone', async () => {
  const shopper = await makeShopper(app)
  const { accessToken } = await logIn(app, shopper)
  const body = { email: someAddress(), password: shopper.password }
  await call('POST', '/auth/email/change', { token: accessToken, body })
  const moves = async () => (await counts()).email_change
  await app.db.run([
    sql`update email_change set confirmed_at = now(), undo_until = created_at + interval '72 hours'
      where tenant = ${app.tenant}`,
  ])
  app.advance(2 * day)
  await app.cron('17 3 * * *')
  expect(await moves()).toBe(1)
  app.advance(2 * day)
  await app.cron('17 3 * * *')
  expect(await moves()).toBe(0)
})

test('more than a batch of it is forgotten in one night, a thousand rows at a time', async () => {
  await app.db.run([
    sql`insert into failure (tenant, key, count, last_at, blocked_until)
      select ${app.tenant}, 'many ' || n, 1, '2020-01-01', '-infinity' from generate_series(1, 2500) n`,
  ])
  const { failure } = await counts()
  expect(Number(failure)).toBeGreaterThanOrEqual(2500)
  const steps = []
  for (let more = true; more; ) {
    more = await purgeOldAccountRows(systemContextForTenants(app.runtime))
    steps.push((await counts()).failure)
  }
  expect(steps.map((left) => Number(failure) - Number(left))).toEqual([1000, 2000, 2500])
})

test('the keys are rotated by night: both are published, and what the old one signed is good until it expires', async () => {
  const service = await startTestApp({ database: await freshDatabase() })
  const { issuer } = service.runtime.identity
  const { tenant, runtime } = service
  const claims = claimsOf(runtime, `${tenant}-service`, tenant, 'customer:read')
  const kids = async () => {
    const { body } = await service.call('GET', '/.well-known/jwks.json', { token: null })
    return body.keys.map(({ kid }: { kid: string }) => kid)
  }
  const night = async (days: number) => {
    service.advance(days * day)
    await service.cron('17 3 * * *')
  }
  const kidOf = (token: string) => decodeProtectedHeader(token).kid
  const [first] = await kids()
  await night(58)
  await night(0)
  service.advance(11 * 60_000)
  const both = await kids()
  expect([both.length, both[1]]).toEqual([2, first])
  const old = await issuer.sign(claims, 30 * 86_400)
  expect(kidOf(old)).toBe(first)
  await night(3)
  expect(kidOf(await issuer.sign(claims, 60))).toBe(both[0])
  expect((await service.call('GET', '/customer', { token: old })).status).toBe(200)
  await night(26)
  expect((await service.call('GET', '/customer', { token: old })).status).toBe(200)
  service.advance(2 * day)
  expect((await service.call('GET', '/customer', { token: old })).status).toBe(401)
  await night(50)
  service.advance(11 * 60_000)
  expect(await kids()).not.toContain(first)
})
