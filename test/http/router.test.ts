import { expect, test } from 'vitest'
import { SegmentRouter } from '../../src/http/router.ts'

const router = new SegmentRouter<string>()
router.add('ALL', '/*', 'everywhere')
router.add('GET', '/customer/:id', 'find')
router.add('POST', '/customer/guest', 'guest')
router.add('GET', '/customer/:id/address', 'addresses')
router.add('GET', '/customer/:id/address/:addressId', 'address')
router.add('GET', '/customer/:id/address/:addressId', 'address again')

test.each([
  [
    'GET',
    '/customer/a',
    [
      ['everywhere', {}],
      ['find', { id: 'a' }],
    ],
  ],
  [
    'POST',
    '/customer/guest',
    [
      ['everywhere', {}],
      ['guest', {}],
    ],
  ],
  [
    'GET',
    '/customer/guest',
    [
      ['everywhere', {}],
      ['find', { id: 'guest' }],
    ],
  ],
  [
    'GET',
    '/customer/guest/address',
    [
      ['everywhere', {}],
      ['addresses', { id: 'guest' }],
    ],
  ],
  [
    'GET',
    '/customer/a/address/b',
    [
      ['everywhere', {}],
      ['address', { id: 'a', addressId: 'b' }],
      ['address again', { id: 'a', addressId: 'b' }],
    ],
  ],
  ['POST', '/customer/a', [['everywhere', {}]]],
  ['GET', '/customer', [['everywhere', {}]]],
  ['GET', '/customer/', [['everywhere', {}]]],
  ['GET', '/customer/a/', [['everywhere', {}]]],
  ['GET', '//a', [['everywhere', {}]]],
])('%s %s', (method, path, found) => {
  expect(router.match(method, path)).toEqual([found])
})
