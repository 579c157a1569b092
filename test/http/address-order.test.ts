import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { street } from '../support/street.ts'

const app = await startTestApp()
const { call } = app
const { account, guest, merge } = shopIn(app)

const add = async (id: string, line1: string): Promise<string> => {
  app.advance(1000)
  return (await call('POST', `/customer/${id}/address`, { body: street(line1) })).body.id
}

type Listed = { id: string; email: string; addresses: { id: string }[] }
const idsOf = (addresses: readonly { id: string }[]) => addresses.map(({ id }) => id)

/** The address book of a customer, everywhere it is shown. */
async function shown(id: string): Promise<Record<string, string[]>> {
  const { body: customer } = await call('GET', `/customer/${id}`)
  const pages: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`
    const { body } = await call('GET', `/customer/${id}/address?limit=1${cursor}`)
    pages.push(...idsOf(body.data))
    next = body.pagination.nextCursor
  }
  const lists = [
    `id=${id}`,
    `email=${encodeURIComponent(customer.email)}`,
    'country=US',
    'minOrders=0',
    'sort=createdAt:asc',
    'sort=createdAt:desc',
    'sort=updatedAt:desc',
    'sort=totalSpent:desc',
    'sort=orderCount:asc',
    'sort=lastOrderAt:asc',
    'sort=lastOrderAt:desc',
    'sort=lastName:asc',
    'sort=lastName:desc',
    'sort=email:asc',
  ]
  const listed = await Promise.all(
    lists.map(async (query) => {
      const { body } = await call('GET', `/customer?limit=100&${query}`)
      const found = body.data.find((one: Listed) => one.id === id)
      return [query, idsOf(found?.addresses ?? [])] as const
    }),
  )
  const me = await call('GET', '/customer/me', { token: await app.shopperToken(id) })
  const patched = await call('PATCH', `/customer/${id}`, {
    body: { firstName: `J${pages.length}` },
  })
  return {
    'GET /customer/{id}': idsOf(customer.addresses),
    ...(me.status === 200 ? { 'GET /customer/me': idsOf(me.body.addresses) } : {}),
    'PATCH /customer/{id}': idsOf(patched.body.addresses),
    'GET …/address': idsOf((await call('GET', `/customer/${id}/address`)).body.data),
    'GET …/address?limit=1': pages,
    ...Object.fromEntries(listed),
  }
}

test('a book has one order everywhere, the order in which it was written, through merge, change and undo', async () => {
  const survivor = await account({})
  const visitor = await guest({})
  const written: Record<string, string> = {}
  for (const n of [1, 2, 3]) {
    written[`survivor ${n}`] = await add(survivor.id, `${n} Own St`)
    written[`visitor ${n}`] = await add(visitor.id, `${n} Guest St`)
  }
  const inOrder = Object.values(written)
  const own = (whose: string) =>
    Object.entries(written).flatMap(([name, id]) => (name.startsWith(whose) ? id : []))
  const expectOrder = async (id: string, ids: readonly string[]) => {
    for (const [where, found] of Object.entries(await shown(id))) {
      expect([where, found]).toEqual([where, ids])
    }
  }
  await expectOrder(survivor.id, own('survivor'))
  const { body: merged } = await merge(survivor.id, visitor.id)
  await expectOrder(survivor.id, inOrder)
  for (const id of inOrder.toReversed().filter((_, at) => at % 2 === 0)) {
    app.advance(1000)
    await call('PATCH', `/customer/${survivor.id}/address/${id}`, {
      body: { label: 'Changed', isDefault: true },
    })
    await expectOrder(survivor.id, inOrder)
  }
  expect((await call('POST', `/merge/${merged.id}/undo`)).status).toBe(200)
  for (const id of [survivor.id, visitor.id]) {
    const { addresses } = (await call('GET', `/customer/${id}`)).body
    expect(addresses.length).toBeGreaterThan(2)
    // An address that changed meanwhile stays, and its owner gets a new one back. An id begins with its time.
    await expectOrder(id, idsOf(addresses).toSorted())
  }
})
