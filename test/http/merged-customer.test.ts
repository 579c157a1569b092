import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import { home } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'
import { meanwhile } from '../support/meanwhile.ts'
import { shopIn } from '../support/shop.ts'
import { makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { call, tenant } = app
const { account, guest, merge, find } = shopIn(app)

const survivor = await account()
const merged = await guest()
const other = await guest()
await merge(survivor.id, merged.id)

/** What each route is sent that refuses a merged customer. */
const bodies: Readonly<Record<string, object | undefined>> = {
  'POST /customer/{id}/address': home,
  'PATCH /customer/{id}/address/{addressId}': { label: 'Work' },
  'DELETE /customer/{id}/address/{addressId}': undefined,
  'PUT /customer/{id}/consent/{purpose}': { state: 'granted' },
  'PATCH /customer/{id}': { firstName: 'Jane' },
  'DELETE /customer/{id}': undefined,
  'POST /customer/{id}/disable': {},
  'POST /customer/{id}/enable': {},
  'POST /customer/{id}/invite': undefined,
  'POST /customer/{id}/password-reset': undefined,
  'POST /customer/{id}/verify-email/resend': undefined,
  'POST /customer/{id}/group': { group: 'vip' },
  'DELETE /customer/{id}/group/{group}': undefined,
  'POST /customer/{id}/merge': { from: other.id },
  'POST /customer/{id}/merge/preview': { from: other.id },
  'GET /customer/{id}/export': undefined,
  'POST /customer/{id}/erase': {},
  'POST /customer/{id}/session': { reason: 'checkout' },
}

const refusing = (await loadAllRoutes())
  .map(({ route }) => route)
  .filter(({ refusals }) => refusals?.includes('customer_merged'))
  .map(({ key }) => key)

test('the table has every route that refuses a merged customer', () => {
  expect(Object.keys(bodies).sort()).toEqual([...refusing].sort())
})

test.each(refusing)('%s names the survivor', async (key) => {
  const [method = '', pattern = ''] = key.split(' ')
  const path = pattern
    .replace('{id}', merged.id)
    .replace('{addressId}', newId('address', new Date()))
    .replace('{purpose}', 'terms')
    .replace('{group}', 'vip')
  const { status, body } = await call(method, path, { body: bodies[key] })
  expect([status, body.code, body.survivorId]).toEqual([409, 'customer_merged', survivor.id])
})

test.each(['merge', 'merge/preview'])('%s of a merged customer names the survivor', async (way) => {
  const { body } = await call('POST', `/customer/${other.id}/${way}`, { body: { from: merged.id } })
  expect([body.code, body.survivorId]).toEqual(['customer_merged', survivor.id])
})

test('a shopper whose account is merged at this moment learns of no other customer', async () => {
  const { id } = await makeShopper(app)
  const token = await app.shopperToken(id)
  const answer = await meanwhile(
    `update customer set status = 'merged', merged_into = $3 where tenant = $1 and id = $2`,
    [tenant, id, survivor.id],
    () => call('PATCH', `/customer/${id}`, { token, body: { firstName: 'Jane' } }),
  )
  expect([answer.status, answer.body.code]).toEqual([409, 'customer_merged'])
  expect(answer.text).not.toContain(survivor.id)
  expect((await find(id)).id).toBe(survivor.id)
})
