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

const nothing = 'This path does not exist.'
const meant = (path: string) => `This path does not exist; did you mean \`${path}\`?`

test.each([
  ['//', nothing],
  ['/customer/', meant('/customer')],
  ['/customer/a/', meant('/customer/{id}')],
  ['//customer', meant('/customer')],
  ['/customer/a//address', meant('/customer/{id}/address')],
  ['/customers', meant('/customer')],
  ['/Customer', meant('/customer')],
  ['/customers/guest', meant('/customer/guest')],
  ['/customer/a/addresses', meant('/customer/{id}/address')],
  ['/orders/4711', meant('/order/{orderId}')],
  ['/api/v1/customers', meant('/customer')],
  ['/v1/customer/a/group', meant('/customer/{id}/group')],
  ['/auth/log-in', meant('/auth/login')],
  ['/.well-known/jwks.jsn', meant('/.well-known/jwks.json')],
  ['/product', nothing],
  ['/customer/a/b/c/d', nothing],
  ['/wp-login.php', nothing],
  [`/customer${'r'.repeat(60)}`, nothing],
  [`/customers/${'a'.repeat(250)}`, nothing],
  ['/customers/%3Cscript%3E', meant('/customer/{id}')],
])('there is nothing at %s', async (path, detail) => {
  for (const method of ['GET', 'POST', 'OPTIONS']) {
    const answer = await call(method, path, { token: null })
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
      404,
      'not_found',
      detail,
    ])
  }
})

test('an order that nobody has is no path that does not exist', async () => {
  const { status, body } = await call('GET', '/order/4711')
  expect([status, body.code, body.detail]).toEqual([
    404,
    'order_not_found',
    'There is no such order. `PUT /customer/{id}/order/{orderId}` records one.',
  ])
})
