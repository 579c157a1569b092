import { expect, test } from 'vitest'
import { queueRole } from '../../src/queue/role.ts'

test.each([
  ['customer', 'customer'],
  ['customer-order', 'customer-order'],
  ['customer-staging', 'customer'],
  ['customer-order-staging', 'customer-order'],
  ['customer-delivery-eu-test', 'customer-delivery'],
  ['customer-dead-staging', 'customer-dead'],
  ['customers', undefined],
  ['order', undefined],
  ['my-customer', undefined],
  ['', undefined],
])('the queue %j is for %s', (name, role) => {
  expect(queueRole(name)).toBe(role)
})
