import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { someone } from '../support/group.ts'

const app = await startTestApp()
const id = await someone(app)
await app.call('POST', '/group', { body: { key: 'vip' } })

test.each([
  ['POST', `/customer/${id}/group`, { group: 'new' }, 201],
  ['POST', `/customer/${id}/group`, { group: 'new' }, 200],
  ['GET', `/customer/${id}/group`, undefined, 200],
  ['GET', `/customer/${id}/group?count=exact`, undefined, 200],
  ['DELETE', `/customer/${id}/group/new`, undefined, 204],
  ['DELETE', `/customer/${id}/group/new`, undefined, 404],
  ['GET', '/group', undefined, 200],
  ['GET', '/group?count=exact', undefined, 200],
  ['POST', '/group', { key: 'made' }, 201],
  ['POST', '/group', { key: 'made' }, 409],
  ['GET', '/group/made', undefined, 200],
  ['PATCH', '/group/made', { name: 'Made' }, 200],
  ['POST', '/group/made/member', { add: [id] }, 200],
  ['GET', '/group/made/member', undefined, 200],
  ['GET', '/group/made/member?count=exact', undefined, 200],
  ['DELETE', '/group/made', undefined, 204],
])('%s %s waits for one round trip', async (method, path, body, status) => {
  app.wire.reset()
  const answer = await app.call(method, path, {
    body,
    headers: method === 'POST' ? { 'Idempotency-Key': JSON.stringify([path, status]) } : {},
  })
  expect(answer.status).toBe(status)
  const { trips, statements } = app.wire.count()
  expect(trips).toBe(1)
  // What counts is a statement beside its page.
  const reads = path.includes('count=') ? 2 : 1
  expect(statements).toBeLessThanOrEqual(method === 'GET' ? reads : 5)
})
