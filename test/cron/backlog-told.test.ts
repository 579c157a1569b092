import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { logIn, makeShopper, someAddress } from '../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const backlog = async (token?: string) =>
  (await call('GET', '/readyz', token === undefined ? {} : { token })).body.backlog

test('nobody but a service learns what a shop waits for', async () => {
  expect((await call('GET', '/readyz', { token: null })).body).not.toHaveProperty('backlog')
  app.wire.reset()
  expect(await backlog()).toEqual({ clockSeconds: null, waiting: [] })
  expect(app.wire.count().trips).toBe(1)
  const { accessToken } = await logIn(app, await makeShopper(app))
  for (const token of [accessToken, await app.storefrontToken()]) {
    const { status, body } = await call('GET', '/readyz', { token })
    expect([status, body.code]).toEqual([403, 'caller_not_allowed'])
  }
  expect((await call('GET', '/readyz', { token: 'x.y.z' })).body.code).toBe('invalid_token')
  const { status } = await app.request('/readyz', { headers: { Authorization: 'Basic eDp5' } })
  expect(status).toBe(401)
})

test('a job that its message has not done is told with its age, until it is done', async () => {
  await app.cron()
  await app.drain()
  expect(await backlog()).toEqual({ clockSeconds: 0, waiting: [] })
  await call('POST', '/customer', { body: { email: someAddress(), password: 'correct horse 42' } })
  // Its message is lost.
  app.sent.splice(0)
  app.advance(59_000)
  expect((await backlog()).waiting).toEqual([])
  app.advance(91_000)
  const { clockSeconds, waiting } = await backlog()
  expect(clockSeconds).toBeGreaterThan(0)
  expect(waiting).toContainEqual({ kind: 'mail', seconds: 150 })
  expect((await backlog(await app.strangerToken())).waiting).toEqual([])
  await app.cron()
  await app.drain()
  expect(await backlog()).toEqual({ clockSeconds: 0, waiting: [] })
})
