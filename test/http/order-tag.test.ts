import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app
const body = { total: 1, currency: 'USD', state: 'paid', placedAt: '2026-01-02T03:04:05Z' }
let count = 0

async function made(): Promise<string> {
  const { body } = await call('POST', '/customer', { body: { email: `tag${++count}@example.com` } })
  return body.id
}

describe('an order with its customer', () => {
  async function ordered() {
    const [id, orderId] = [await made(), `order-${++count}`]
    const of = `/customer/${id}/order/${orderId}`
    await call('PUT', of, { body: { ...body, version: 1 } })
    const read = (headers = {}) => call('GET', `/order/${orderId}`, { headers })
    return { id, of, orderId, read, tag: (await read()).headers.get('ETag') ?? '' }
  }

  test.each<[string, (at: Awaited<ReturnType<typeof ordered>>) => Promise<unknown>]>([
    ['the order', ({ of }) => call('PUT', of, { body: { ...body, version: 2 } })],
    ['the customer', ({ id }) => call('PATCH', `/customer/${id}`, { body: { firstName: 'Ann' } })],
    ['its groups', ({ id }) => call('POST', `/customer/${id}/group`, { body: { group: 'vip' } })],
    [
      'its addresses',
      ({ id }) =>
        call('POST', `/customer/${id}/address`, {
          body: { line1: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' },
        }),
    ],
    [
      'whose it is, of a customer of the same version',
      async ({ id, orderId }) => {
        const other = await made()
        const versions = [id, other].map(async (one) =>
          (await call('GET', `/customer/${one}`)).headers.get('ETag'),
        )
        expect(new Set(await Promise.all(versions)).size).toBe(1)
        await call('PUT', `/customer/${other}/order/${orderId}`, {
          body: { ...body, version: 1_000_000 },
        })
      },
    ],
    [
      'by a merge, which leaves the order as it was',
      async ({ id }) => {
        const other = await made()
        await call('POST', `/customer/${other}/merge`, { body: { from: id } })
      },
    ],
  ])('has another tag when %s changes', async (_, change) => {
    const at = await ordered()
    expect((await at.read({ 'If-None-Match': at.tag })).status).toBe(304)
    await change(at)
    const { status, headers } = await at.read({ 'If-None-Match': at.tag })
    expect([status, headers.get('ETag') === at.tag]).toEqual([200, false])
  })

  test('has the same tag when counters change', async () => {
    const { id, of, read, tag } = await ordered()
    await call('PUT', `${of}-other`, { body: { ...body, version: 1 } })
    expect((await call('GET', `/customer/${id}`)).body.orderCount).toBe(2)
    expect((await read({ 'If-None-Match': tag })).status).toBe(304)
  })

  test('is put under the tag with which it was read', async () => {
    const { of, read, tag } = await ordered()
    const put = async (version: number) =>
      (await call('PUT', of, { body: { ...body, version }, headers: { 'If-Match': tag } })).status
    expect([await put(2), await put(3)]).toEqual([200, 412])
    expect((await read()).body.version).toBe(2)
  })
})

test('counters that changed have another tag, and those that did not the same', async () => {
  const id = await made()
  const read = (query: string, headers = {}) =>
    call('GET', `/customer/${id}/stats${query}`, { headers })
  const tag = (await read('')).headers.get('ETag') ?? ''
  await call('PATCH', `/customer/${id}`, { body: { firstName: 'Ann' } })
  const same = { 'If-None-Match': tag }
  expect([(await read('', same)).status, (await read('?explain=true', same)).status]).toEqual([
    304, 200,
  ])
  await call('PUT', `/customer/${id}/order/order-${++count}`, { body: { ...body, version: 1 } })
  expect((await read('', same)).status).toBe(200)
})
