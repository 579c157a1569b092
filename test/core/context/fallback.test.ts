import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addAddress, findAddress } from '#core/address'
import { read } from '#core/context'
import { degradedUseCases, resetMissingFunctions } from '#db/missing-functions-and-statements'
import type { sqlType } from '#db/sql-type'
import type { UseCase } from '#db/use-case'
import { useCaseHandle } from '#db/use-case-call'
import { Bug } from '#kernel/error'
import { functionNameInDatabase } from '../../../dev/functions/function-name-in-database.ts'
import { contextAt, customerRow, home } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { databaseWithout } from '../../support/without-functions.ts'

const app = await startTestApp({
  database: await databaseWithout((name) => name.endsWith('address')),
})
const whole = await startTestApp()
const ctx = () => contextAt(app, new Date())

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterEach(() => {
  resetMissingFunctions()
  vi.restoreAllMocks()
})

test('without its function a use case is sent as its statements, and the alarm is raised once', async () => {
  const customerId = await customerRow(app)
  const { value } = await addAddress(ctx(), customerId, home)
  await addAddress(ctx(), customerId, { ...home, line1: '2 Main St' })
  expect((await findAddress(ctx(), customerId, value.id)).value).toEqual(value)
  expect(degradedUseCases()).toHaveLength(2)
  expect(
    vi
      .mocked(console.error)
      .mock.calls.flat()
      .filter((line) => /missing/.test(String(line))),
  ).toHaveLength(2)
})

test('the first call that misses its function costs two trips more, the others none', async () => {
  const customerId = await customerRow(app)
  const trips = []
  for (const line1 of ['1 Main St', '2 Main St', '3 Main St']) {
    app.wire.reset()
    await addAddress(ctx(), customerId, { ...home, line1 })
    trips.push(app.wire.count().trips)
  }
  expect(trips).toEqual([3, 1, 1])
})

test('two at once that miss the same function both do their work', async () => {
  const customerId = await customerRow(app)
  const add = (line1: string) => addAddress(ctx(), customerId, { ...home, line1 })
  const added = await Promise.all([add('1 Main St'), add('2 Main St')])
  expect(added.map(({ created }) => created)).toEqual([true, true])
})

test('an answer that is kept is kept by the statements too', async () => {
  const customerId = await customerRow(app)
  const add = () =>
    app.call('POST', `/customer/${customerId}/address`, {
      body: home,
      headers: { 'Idempotency-Key': 'twice' },
    })
  const first = await add()
  const again = await add()
  expect(first.status).toBe(201)
  expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  expect(again.text).toBe(first.text)
})

test('what a list refuses is refused, and nothing has happened', async () => {
  const customerId = await customerRow(app, 'deleted')
  await expect(addAddress(ctx(), customerId, home)).rejects.toThrow('customer_not_found')
})

test('readiness says which functions are missing', async () => {
  expect((await app.call('GET', '/readyz', { token: null })).body).toEqual({ status: 'ok' })
  const customerId = await customerRow(app)
  await addAddress(ctx(), customerId, home)
  const { status, body } = await app.call('GET', '/readyz', { token: null })
  expect(status).toBe(200)
  expect(body.degraded).toEqual([expect.stringMatching(/^add_address_[0-9a-f]{8}$/)])
})

test('a function that is there and is called wrongly is a bug, and stays one', async () => {
  const wrong = useCaseHandle<UseCase<{ first: typeof sqlType.text }>, 'read'>(
    functionNameInDatabase('nth_id'),
    'first',
    'id',
  )
  await expect(
    read(contextAt(whole, new Date()), { wrong: wrong({ first: 'x' }) }),
  ).rejects.toThrow(Bug)
  expect(degradedUseCases()).toEqual([])
})

test('a function that another one lacks is a bug, and stays one', async () => {
  const call = useCaseHandle<UseCase, 'read'>('select no_such_helper() as made', '', '')
  await expect(read(contextAt(whole, new Date()), { call: call({}) })).rejects.toThrow(Bug)
  expect(degradedUseCases()).toEqual([])
})
