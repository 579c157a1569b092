import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()

describe('bytes of a URL that are not UTF-8 are refused', () => {
  test.each([
    ['in an id', 'GET', '/customer/%ff'],
    ['in a key', 'GET', '/group/%C3%28'],
    ['in a value', 'GET', '/customer?q=%ff'],
    ['in a name', 'GET', '/customer?%e9=1'],
    ['a surrogate', 'GET', '/customer?q=%ED%A0%80'],
    ['an overlong slash', 'GET', '/order/%c0%af'],
    ['beside a stray percent', 'GET', '/customer?q=50%25%ff%'],
    ['at a write', 'PATCH', '/customer/%ff'],
    ['at an open route', 'GET', '/healthz?%ff'],
  ])('%s', async (_, method, path) => {
    const body = method === 'PATCH' ? { body: { firstName: 'Jane' } } : {}
    const answer = await app.call(method, path, body)
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request'])
    expect(answer.body.detail).toContain('UTF-8')
  })
})

test('a path that does not exist is no exception', async () => {
  expect((await app.request('/nowhere/%ff')).status).toBe(400)
})

test.each(['/customer?q=50%', '/customer?q=%zz', '/customer?q=J%C3%B6rg', '/customer?q=Jörg'])(
  'what can be read is not refused: %s',
  async (path) => {
    expect((await app.call('GET', path)).status).toBe(200)
  },
)
