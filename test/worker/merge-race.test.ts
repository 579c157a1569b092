import { expect, test } from 'vitest'
import { runs } from '../support/runs.ts'
import { startCaller } from './support/caller.ts'

const call = await startCaller()
const rounds = Array.from({ length: runs(3, 24) }, (_, n) => n)
const name = () => crypto.randomUUID()

type Customer = { readonly id: string }

const account = async (fields: object = {}): Promise<Customer> =>
  (await call('POST', '/customer', { email: `${name()}@example.com`, ...fields })).body
const guest = async (fields: object = {}): Promise<Customer> =>
  (await call('POST', '/customer/guest', { email: `${name()}@example.com`, ...fields })).body

const record = (customer: Customer, total: number, orderId = name()) =>
  call('PUT', `/customer/${customer.id}/order/${orderId}`, {
    total,
    currency: 'USD',
    state: 'paid',
    placedAt: '2026-06-01T08:00:00Z',
    version: 1,
  })
const merge = (into: Customer, from: Customer, headers = {}) =>
  call('POST', `/customer/${into.id}/merge`, { from: from.id }, headers)
const undo = (id: string) => call('POST', `/merge/${id}/undo`)
const find = async ({ id }: Customer) => (await call('GET', `/customer/${id}`)).body

/** The counters of whoever an id stands for now, and what its orders add up to. */
async function money(customer: Customer) {
  const { id, orderCount, totalSpent } = await find(customer)
  const { data } = (await call('GET', `/customer/${customer.id}/order?limit=100`)).body
  const ledger = data.reduce((sum: number, { total }: { total: number }) => sum + total, 0)
  expect([orderCount, totalSpent]).toEqual([data.length, ledger])
  return { id, orders: orderCount, spent: totalSpent }
}

test.each(rounds)('two merges in opposite directions: one is done (%i)', async () => {
  const [one, other] = [await account(), await account()]
  await Promise.all([record(one, 100), record(other, 20)])
  const answers = await Promise.all([merge(one, other), merge(other, one)])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('customer_merged')
  const survivor = answers[0].status === 201 ? one : other
  const whole = { id: survivor.id, orders: 2, spent: 120 }
  expect([await money(one), await money(other)]).toEqual([whole, whole])
})

test.each(rounds)('a merge while both sides are changed overwrites nothing (%i)', async () => {
  const [survivor, visitor] = [await account(), await guest({ firstName: 'Ann' })]
  const [merged, own, late] = await Promise.all([
    merge(survivor, visitor),
    call('PATCH', `/customer/${survivor.id}`, { firstName: 'Jane' }),
    call('PATCH', `/customer/${visitor.id}`, { lastName: 'Lee' }),
  ])
  expect([merged.status, own.status]).toEqual([201, 200])
  expect([200, 409]).toContain(late.status)
  expect(await find(survivor)).toMatchObject({
    firstName: 'Jane',
    lastName: late.status === 200 ? 'Lee' : null,
  })
})

test.each(rounds)('the same merge twice is done once, and answered twice (%i)', async () => {
  const [survivor, visitor] = [await account(), await guest()]
  await record(visitor, 100)
  const key = { 'Idempotency-Key': name() }
  const answers = await Promise.all([
    merge(survivor, visitor),
    merge(survivor, visitor, key),
    merge(survivor, visitor, key),
  ])
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
  for (const status of statuses) expect([200, 201, 409]).toContain(status)
  const ids = answers.filter(({ status }) => status < 300).map(({ body }) => body.id)
  expect(new Set(ids).size).toBe(1)
  expect((await merge(survivor, visitor, key)).body.id).toBe(ids[0])
  expect(await money(survivor)).toMatchObject({ orders: 1, spent: 100 })
})

test.each(rounds)(
  'three guests become part of one account at once, within its limit (%i)',
  async () => {
    const survivor = await account()
    const guests = await Promise.all([guest(), guest(), guest()])
    const address = (line1: string) => ({
      line1,
      city: 'Ely',
      postalCode: 'CB7 4DL',
      country: 'GB',
    })
    for (const visitor of guests) {
      await record(visitor, 100)
      for (let n = 0; n < 4; n++) {
        await call('POST', `/customer/${visitor.id}/address`, address(`${n} ${visitor.id}`))
      }
    }
    const answers = await Promise.all(guests.map((visitor) => merge(survivor, visitor)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(await money(survivor)).toMatchObject({ orders: 3, spent: 300 })
    expect((await find(survivor)).addresses).toHaveLength(10)
    const left = answers.flatMap(({ body }) => body.detail.leftAddresses)
    expect(left).toHaveLength(2)
  },
)

test.each(rounds)('orders that arrive during a merge are the survivor’s (%i)', async () => {
  const [survivor, visitor] = [await account(), await guest()]
  await record(visitor, 1)
  const orders = Array.from({ length: 6 }, () => name())
  const [merged, ...answers] = await Promise.all([
    merge(survivor, visitor),
    ...orders.map((id) => record(visitor, 10, id)),
    ...orders.map((id) => record(survivor, 10, id)),
  ])
  expect(merged.status).toBe(201)
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(await money(visitor)).toEqual({ id: survivor.id, orders: 7, spent: 61 })
})

test.each(rounds)(
  'an undo and a merge of the survivor: either order, nothing lost (%i)',
  async () => {
    const [visitor, survivor, last] = [await guest(), await account(), await account()]
    await Promise.all([record(visitor, 1), record(survivor, 20), record(last, 300)])
    const { body } = await merge(survivor, visitor)
    const [undone, merged] = await Promise.all([undo(body.id), merge(last, survivor)])
    expect(merged.status).toBe(201)
    expect([200, 409]).toContain(undone.status)
    const isBack = undone.status === 200
    if (!isBack) expect(undone.body.code).toBe('merge_not_undoable')
    expect(await money(visitor)).toEqual(
      isBack ? { id: visitor.id, orders: 1, spent: 1 } : { id: last.id, orders: 3, spent: 321 },
    )
    expect(await money(survivor)).toMatchObject({ id: last.id, spent: isBack ? 320 : 321 })
  },
)
