import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { berlin, home, office, requestsOf } from '../support/address-book.ts'
import { anyText } from '../support/any-text.ts'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const { call } = app
const { someone, add, held, events } = requestsOf(app)

const change = (id: string, address: string, body: object, headers = {}) =>
  call('PATCH', `/customer/${id}/address/${address}`, { body, headers })

describe('changing an address', () => {
  test('changes what is named and differs, and tells what', async () => {
    const id = await someone()
    const { body: first } = await add(id, home)
    const { status, body, headers } = await change(id, first.id, { label: 'Flat', line2: 'Apt 5' })
    expect([status, body]).toEqual([200, { ...first, label: 'Flat', line2: 'Apt 5' }])
    expect(headers.get('ETag')).toBe('W/"2"')
    const cleared = await change(id, first.id, { line2: null, label: 'Flat' })
    expect(cleared.body).toEqual({ ...first, label: 'Flat' })
    expect((await events(id)).slice(2).map(({ data }) => data)).toEqual([
      {
        customerId: id,
        changed: ['addresses'],
        address: { action: 'changed', changed: ['label', 'line2'], ...body },
        defaultAddresses: { shipping: first.id, billing: first.id },
      },
      expect.objectContaining({
        address: { action: 'changed', changed: ['line2'], ...cleared.body },
      }),
    ])
  })

  test('to what it is changes nothing and tells nothing', async () => {
    const id = await someone()
    const { body: first } = await add(id, home)
    const { id: _, ...same } = first
    for (const body of [{}, same, { isDefault: false }, { defaultFor: ['billing'] }]) {
      const answer = await change(id, first.id, body)
      expect([answer.status, answer.headers.get('ETag')]).toEqual([200, 'W/"1"'])
    }
    expect(await events(id)).toHaveLength(2)
    expect((await call('GET', `/customer/${id}`)).headers.get('ETag')).toBe('W/"2"')
  })

  test('to the default moves the default, and both have another version', async () => {
    const id = await someone()
    const { body: first } = await add(id, home)
    const { body: second } = await add(id, berlin)
    const moved = await change(id, second.id, { isDefault: true })
    expect(moved.body).toEqual({ ...second, isDefault: true, defaultFor: ['shipping', 'billing'] })
    expect(moved.headers.get('ETag')).toBe('W/"2"')
    const other = await call('GET', `/customer/${id}/address/${first.id}`)
    expect(other.body).toEqual({ ...first, isDefault: false, defaultFor: [] })
    expect(other.headers.get('ETag')).toBe('W/"2"')
    expect((await events(id))[3]?.data).toMatchObject({
      address: { action: 'changed', changed: ['defaultFor', 'isDefault'], id: second.id },
      defaultAddresses: { shipping: second.id, billing: second.id },
    })
  })

  test('by who read an older version is refused, naming what changed since', async () => {
    const id = await someone()
    const { body: first } = await add(id, home)
    const fresh = await change(id, first.id, { city: 'Oakland' }, { 'If-Match': 'W/"1"' })
    expect(fresh.status).toBe(200)
    await add(id, { ...office, defaultFor: ['shipping'] })
    const stale = await change(id, first.id, { label: 'X' }, { 'If-Match': 'W/"1"' })
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition_failed'])
    expect(stale.body.changed).toEqual(['city', 'defaultFor', 'isDefault'])
    const removal = await call('DELETE', `/customer/${id}/address/${first.id}`, {
      headers: { 'If-Match': 'W/"2"' },
    })
    expect([removal.status, removal.body.changed]).toEqual([412, ['defaultFor', 'isDefault']])
    const any = await change(id, first.id, { label: 'X' }, { 'If-Match': '*' })
    expect(any.status).toBe(200)
  })

  test('into another address of the customer is refused', async () => {
    const id = await someone()
    await add(id, home)
    const { body: second } = await add(id, { ...home, line1: '5 Elm St' })
    const { status, body } = await change(id, second.id, { line1: '123 MAIN ST' })
    expect([status, body.code]).toEqual([409, 'address_exists'])
    const elsewhere = await someone()
    const { body: alone } = await add(elsewhere, { ...home, line1: '5 Elm St' })
    expect((await change(elsewhere, alone.id, { line1: '123 MAIN ST' })).status).toBe(200)
  })

  test.each([
    ['a state of elsewhere', { state: 'Ontario' }, [['state', 'invalid_state']]],
    ['no state', { state: null }, [['state', 'required']]],
    ['no city', { city: '' }, [['city', 'required']]],
    ['a postal code of elsewhere', { postalCode: '1011' }, [['postalCode', 'invalid_postal_code']]],
    ['no street', { line1: null }, [['line1', 'invalid_type']]],
    ['no country', { country: null }, [['country', 'invalid_type']]],
    [
      'another country and nothing with it',
      { country: 'CA' },
      [
        ['state', 'required'],
        ['postalCode', 'required'],
      ],
    ],
    ['a field that is none', { zip: '1' }, [['zip', 'unknown_field']]],
  ])('to %s is refused by the rules of its country', async (_, wrong, problems) => {
    const id = await someone()
    const { body: first } = await add(id, home)
    const { status, body } = await change(id, first.id, wrong)
    expect([status, body.code]).toEqual([422, 'invalid_input'])
    expect(body.errors.map((e: { path: string; code: string }) => [e.path, e.code])).toEqual(
      problems,
    )
    expect(await held(id)).toEqual([first])
  })

  test('to another country takes state and postal code along only when they are sent', async () => {
    const id = await someone()
    const { body: first } = await add(id, home)
    const { body } = await change(id, first.id, {
      country: 'DE',
      city: 'Berlin',
      postalCode: '10119',
    })
    expect(body).toMatchObject({ country: 'DE', state: null, postalCode: '10119', city: 'Berlin' })
    expect((await change(id, first.id, { country: 'de', label: 'D' })).body.postalCode).toBe(
      '10119',
    )
    expect((await events(id))[2]?.data.address).toMatchObject({
      changed: ['city', 'country', 'postalCode', 'state'],
    })
  })
})

test('whatever stands in a body, the answer is an address or a refusal, never our fault and never an echo', async () => {
  const id = await someone()
  const { body: first } = await add(id, home)
  const marker = 'Zq9Marker'
  const value = fc.oneof(
    { weight: 3, arbitrary: anyText({ maxLength: 30 }).map((s) => marker + s) },
    fc.constantFrom('US', 'CA', '94102', '\u0000', '\ud800', `${marker}\u202e`),
    fc.jsonValue({ maxDepth: 1 }),
  )
  const fields = [...Object.keys(first), '__proto__', 'constructor', 'sameness', 'unproven']
  const body = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 5 })
  await fc.assert(
    fc.asyncProperty(body, async (written) => {
      const added = await add(id, { ...home, ...written })
      const changed = await change(id, first.id, written)
      for (const { status, text } of [added, changed]) {
        expect(status).toBeOneOf([200, 201, 409, 422])
        if (status >= 400) expect(text).not.toContain(marker)
      }
    }),
    { numRuns: 100 },
  )
}, 30_000)
