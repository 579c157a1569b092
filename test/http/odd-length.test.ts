import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const { call } = await startTestApp()

/** Neither a text nor a list, with a length that cannot be compared. */
const odd = { length: { toString: null, valueOf: null } }

test.each([
  ['POST', '/customer', { email: 'a@example.com', firstName: odd }],
  ['POST', '/customer/search', { status: odd }],
  ['POST', '/customer/search', { q: odd, cursor: odd }],
  ['POST', '/webhook', { url: 'https://example.com', events: odd }],
  ['POST', '/webhook', { url: odd, events: ['*'] }],
  ['POST', '/auth/refresh', { refreshToken: odd }],
  ['POST', '/auth/verify-email', { token: odd }],
  ['POST', '/auth/login', { email: 'a@example.com', password: odd }],
] as const)('%s %s refuses %j', async (method, path, body) => {
  const { status, body: answer } = await call(method, path, { body })
  expect([status, answer.code]).toEqual([422, 'invalid_input'])
})
