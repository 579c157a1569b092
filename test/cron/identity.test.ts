import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { logIn, makeShopper, someAddress } from '../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const day = 86_400_000
const tables = ['session', 'attempt', 'mail_token', 'mail', 'mail_quota', 'failure', 'email_change']

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
