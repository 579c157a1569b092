import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const { call } = await startTestApp()

test.each([
  ['POST', '/customer/guest', 422, 'invalid_input'],
  ['GET', '/customer/guest', 405, 'method_not_allowed'],
  ['GET', '/customer/guest/address', 404, 'customer_not_found'],
  ['GET', '/customer/find-or-create', 405, 'method_not_allowed'],
])('a fixed path names no customer: %s %s', async (method, path, status, code) => {
  const answer = await call(method, path, { body: method === 'POST' ? {} : undefined })
  expect([answer.status, answer.body.code]).toEqual([status, code])
})

test.each(['//', '/customer/', '/customer/a/', '//customer', '/customer/a//address', '/customers'])(
  'there is nothing at %s',
  async (path) => {
    const answer = await call('GET', path)
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
  },
)
