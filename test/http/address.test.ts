import { describe, expect, test } from 'vitest'
import { berlin, home, office, requestsOf } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp({ settings: { max_addresses: 3 } })
const { call } = app
const { someone, add, held, customer, events } = requestsOf(app)

describe('adding an address', () => {
  test('the first one is the default for everything, and has exactly the fields of the contract', async () => {
    const id = await someone()
    const { status, body, headers } = await add(id, home)
    expect(status).toBe(201)
    expect(headers.get('ETag')).toBe('W/"1"')
    expect(headers.get('Location')).toBe(`/customer/${id}/address/${body.id}`)
    expect(body).toEqual({
      id: expect.stringMatching(/^addr_[0-9a-z]{26}$/),
      label: 'Home',
      firstName: null,
      lastName: null,
      company: null,
      line1: '123 Main St',
      line2: null,
      city: 'San Francisco',
      state: 'CA',
      postalCode: '94102',
      country: 'US',
      phone: null,
      isDefault: true,
      defaultFor: ['shipping', 'billing'],
    })
    expect(Object.keys(body)).toEqual([
      'id',
      'label',
      'firstName',
      'lastName',
      'company',
      'line1',
      'line2',
      'city',
      'state',
      'postalCode',
      'country',
      'phone',
      'isDefault',
      'defaultFor',
    ])
    expect((await customer(id)).addresses).toEqual([body])
    expect((await call('GET', headers.get('Location') ?? '')).body).toEqual(body)
  })

  test('what is written is kept trimmed and in the forms that machines compare', async () => {
    const { body } = await add(await someone(), {
      ...home,
      label: '  ',
      line1: ' 123 Main St ',
      state: 'california',
      country: 'us',
      phone: '+1 (415) 555-1234',
    })
    expect(body).toMatchObject({
      label: null,
      line1: '123 Main St',
      state: 'CA',
      country: 'US',
      phone: '+14155551234',
    })
  })

  test('digits of every script are digits, and a postal code is kept as its country writes it', async () => {
    const id = await someone()
    const ottawa = { line1: '١٢ King St', city: 'Ottawa', state: 'ON', country: 'CA' }
    const first = await add(id, { ...ottawa, postalCode: 'h２x۱y4', phone: '+١ ٤١٥ ٥٥٥ ١٢٣٤' })
    expect(first.body).toMatchObject({ postalCode: 'H2X 1Y4', phone: '+14155551234' })
    const twin = { ...ottawa, line1: '12 King St', postalCode: 'H2X1Y4', phone: '+14155551234' }
    expect(await add(id, twin)).toMatchObject({ status: 200, body: first.body })
    const path = `/customer/${id}/address/${first.body.id}`
    for (const [change, postalCode] of [
      [{ postalCode: 'k1a0b1' }, 'K1A 0B1'],
      [{ postalCode: '１５４００２３', state: '東京都', country: 'JP' }, '154-0023'],
      [{ postalCode: '〒１００-０００１' }, '100-0001'],
    ] as const) {
      expect((await call('PATCH', path, { body: change })).body).toMatchObject({ postalCode })
    }
    expect((await held(id))[0]).toMatchObject({ postalCode: '100-0001' })
    const guest = { email: 'digits@example.com', address: { ...ottawa, postalCode: 'k1a0b1' } }
    expect((await call('POST', '/customer/guest', { body: guest })).body).toMatchObject({
      addresses: [{ postalCode: 'K1A 0B1' }],
    })
  })

  test.each<[string, object, string[]]>([
    ['isDefault takes both', { isDefault: true }, ['shipping', 'billing']],
    ['defaultFor takes what it names', { defaultFor: ['billing'] }, ['billing']],
    [
      'isDefault leaves it to a defaultFor that names shipping',
      { isDefault: true, defaultFor: ['shipping'] },
      ['shipping'],
    ],
    [
      'isDefault is not limited by an empty defaultFor',
      { isDefault: true, defaultFor: [] },
      ['shipping', 'billing'],
    ],
    ['false takes nothing', { isDefault: false, defaultFor: [] }, []],
    ['silence takes nothing', {}, []],
  ])('a second one: %s', async (_, wish, defaultFor) => {
    const id = await someone()
    await add(id, home)
    const { body } = await add(id, { ...office, ...wish })
    expect(body).toMatchObject({ defaultFor, isDefault: defaultFor.includes('shipping') })
    const others = ['shipping', 'billing'].filter((purpose) => !defaultFor.includes(purpose))
    expect((await held(id))[0]).toMatchObject({ defaultFor: others })
  })

  test('the same again, however it is spelt, is the one there is, also in a full book and without an event', async () => {
    const id = await someone()
    const first = await add(id, home)
    await add(id, office)
    await add(id, berlin)
    const before = await events(id)
    const again = await add(id, {
      ...home,
      label: 'Again',
      line1: '123, MAIN ST.',
      state: 'California',
      postalCode: '94102-0001',
      isDefault: true,
    })
    expect([again.status, again.body]).toEqual([200, (await held(id))[0]])
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('ETag')).toBe('W/"1"')
    expect(await events(id)).toEqual(before)
    const full = await add(id, { ...home, line1: '9 Elm St' })
    expect([full.status, full.body.code]).toEqual([409, 'address_limit_reached'])
    expect(await held(id)).toHaveLength(3)
  })

  test('is told once, with the address and who holds the defaults; the customer has another version', async () => {
    const id = await someone()
    const { body } = await add(id, home)
    const { body: second } = await add(id, { ...office, defaultFor: ['billing'] })
    const told = await events(id)
    expect(told.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['customer.created', 1],
      ['customer.updated', 2],
      ['customer.updated', 3],
    ])
    expect(told[1]?.data).toEqual({
      customerId: id,
      changed: ['addresses'],
      address: { action: 'added', ...body },
      defaultAddresses: { shipping: body.id, billing: body.id },
    })
    expect(told[2]?.data).toMatchObject({
      address: { action: 'added', id: second.id },
      defaultAddresses: { shipping: body.id, billing: second.id },
    })
    const read = await call('GET', `/customer/${id}`)
    expect(read.headers.get('ETag')).toBe('W/"3"')
    const stale = await call('PATCH', `/customer/${id}`, {
      body: { firstName: 'New' },
      headers: { 'If-Match': 'W/"1"' },
    })
    expect([stale.status, stale.body.changed]).toEqual([412, ['addresses']])
  })

  test('a request repeated under its key gets the first answer, whatever happened since', async () => {
    const id = await someone()
    const headers = { 'Idempotency-Key': 'add' }
    const first = await add(id, home, { headers })
    await call('DELETE', `/customer/${id}/address/${first.body.id}`)
    const again = await add(id, home, { headers })
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'))
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(await held(id)).toEqual([])
    const other = await add(id, office, { headers })
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })

  test('a twin answered under a key is answered so again', async () => {
    const id = await someone()
    await add(id, home)
    const headers = { 'Idempotency-Key': 'twin' }
    expect((await add(id, home, { headers })).status).toBe(200)
    expect((await add(id, home, { headers })).status).toBe(200)
  })

  test.each([
    ['a missing street', { line1: undefined }, 'line1', 'required'],
    ['a blank street', { line1: ' ' }, 'line1', 'too_small'],
    ['a missing country', { country: undefined }, 'country', 'required'],
    ['a country that is none', { country: 'UK' }, 'country', 'invalid_country'],
    ['a missing city where there must be one', { city: undefined }, 'city', 'required'],
    ['a blank state where there must be one', { state: ' ' }, 'state', 'required'],
    ['a state of elsewhere', { state: 'Bavaria' }, 'state', 'invalid_state'],
    ['a postal code of elsewhere', { postalCode: 'SW1A 1AA' }, 'postalCode', 'invalid_postal_code'],
    ['a phone number that is none', { phone: '12' }, 'phone', 'invalid_phone'],
    ['a long label', { label: 'x'.repeat(101) }, 'label', 'too_big'],
    ['an unknown field', { lineOne: 'x' }, 'lineOne', 'unknown_field'],
    ['an unknown purpose', { defaultFor: ['gift'] }, 'defaultFor.0', 'invalid_value'],
    ['a default that is no boolean', { isDefault: 'yes' }, 'isDefault', 'invalid_type'],
    ['a name that only the service gives', { id: 'addr_x' }, 'id', 'read_only'],
  ])('is refused for %s', async (_, wrong, path, code) => {
    const { status, body } = await add(await someone(), { ...home, ...wrong })
    expect([status, body.code]).toEqual([422, 'invalid_input'])
    expect(body.errors).toEqual([{ path, code, message: expect.any(String) }])
  })

  test.each([
    ['nothing but a street and a country', { line1: '1 Main St', country: 'US' }],
    ['no state', { ...home, state: null }],
    ['a state of elsewhere', { ...home, state: 'Bavaria' }],
    ['a postal code that lost its zero', { ...home, state: 'MA', postalCode: '2108' }],
    ['a Japanese street alone', { line1: '1-1', country: 'JP' }],
  ])(
    'a service that imports keeps %s as it is; somebody who types is asked',
    async (_, address) => {
      const id = await someone()
      expect((await add(id, address)).body.code).toBe('invalid_input')
      const { status, body } = await add(id, { ...address, imported: true })
      expect([status, body]).toMatchObject([201, address])
      expect(body.imported).toBeUndefined()
      const path = `/customer/${id}/address/${body.id}`
      const label = await call('PATCH', path, { body: { label: 'Old shop' } })
      expect(label.body).toMatchObject({ ...address, label: 'Old shop' })
      const typed = await call('PATCH', path, { body: { country: 'US', postalCode: '9410' } })
      expect(typed.body.code).toBe('invalid_input')
      const moved = { country: 'US', postalCode: '9410', imported: true }
      expect((await call('PATCH', path, { body: moved })).body).toMatchObject({
        postalCode: '9410',
      })
    },
  )

  test('nobody who can be asked calls an address imported: no shopper, no storefront', async () => {
    const id = await someone()
    const token = await app.shopperToken(id)
    const body = { line1: '1 Main St', country: 'US', imported: true }
    const own = await call('POST', '/customer/me/address', { token, body })
    expect([own.status, own.body.code]).toEqual([403, 'caller_not_allowed'])
    const { body: kept } = await add(id, home)
    const path = `/customer/me/address/${kept.id}`
    const patched = await call('PATCH', path, { token, body: { state: null, imported: true } })
    expect([patched.status, patched.body.code]).toEqual([403, 'caller_not_allowed'])
    expect(await held(id)).toEqual([kept])
    const guest = { email: 'imported@example.com', address: body }
    const options = { token: app.tokens.storefront, body: guest }
    expect((await call('POST', '/customer/guest', options)).body.code).toBe('caller_not_allowed')
    const made = await call('POST', '/customer/guest', { body: guest })
    expect([made.status, made.body.addresses[0]]).toMatchObject([201, { line1: '1 Main St' }])
  })

  test('a country without rules takes what it gets', async () => {
    const { status } = await add(await someone(), { line1: 'Camp 4', country: 'AQ' })
    expect(status).toBe(201)
  })
})

describe('removing an address', () => {
  test('tells so, hands its defaults on, and twice is not found', async () => {
    const id = await someone()
    const { body: first } = await add(id, home)
    const { body: second } = await add(id, { ...berlin, isDefault: true })
    const path = `/customer/${id}/address/${second.id}`
    expect((await call('DELETE', path)).status).toBe(204)
    expect(await held(id)).toEqual([first])
    expect((await events(id))[3]?.data).toEqual({
      customerId: id,
      changed: ['addresses'],
      address: { action: 'removed', id: second.id },
      defaultAddresses: { shipping: first.id, billing: first.id },
    })
    for (const method of ['DELETE', 'GET']) {
      const gone = await call(method, path)
      expect([gone.status, gone.body.code]).toEqual([404, 'address_not_found'])
    }
    expect(await events(id)).toHaveLength(4)
  })

  test('makes room', async () => {
    const id = await someone()
    for (const address of [home, office, berlin]) await add(id, address)
    const [oldest] = await held(id)
    await call('DELETE', `/customer/${id}/address/${oldest.id}`)
    expect((await add(id, { ...home, line1: '9 Elm St' })).status).toBe(201)
  })
})

describe('the list', () => {
  test('is oldest first, page after page, and empty for who has none', async () => {
    const id = await someone()
    const list = async (search = '') => (await call('GET', `/customer/${id}/address${search}`)).body
    expect(await list()).toEqual({
      data: [],
      pagination: { limit: 20, hasMore: false, nextCursor: null },
    })
    const made = []
    for (const address of [home, office, berlin]) {
      made.push((await add(id, address)).body)
      app.advance(1)
    }
    const all = await list()
    expect(all.pagination).toEqual({ limit: 20, hasMore: false, nextCursor: null })
    expect(all.data.map((address: { id: string }) => address.id)).toEqual(made.map(({ id }) => id))
    const first = await list('?limit=2')
    expect(first).toMatchObject({ data: all.data.slice(0, 2), pagination: { hasMore: true } })
    const { nextCursor } = first.pagination
    expect(await list(`?limit=2&cursor=${nextCursor}`)).toEqual({
      data: all.data.slice(2),
      pagination: { limit: 2, hasMore: false, nextCursor: null },
    })
    const elsewhere = await call('GET', `/customer/${await someone()}/address?cursor=${nextCursor}`)
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'invalid_cursor'])
    for (const changed of [`${nextCursor}.x`, `x${nextCursor}`, nextCursor.split('.')[0], '.']) {
      expect((await list(`?cursor=${changed}`)).code, changed).toBe('invalid_cursor')
    }
  })

  test.each(['limit=0', 'limit=101', 'limit=x', 'page=1', 'cursor='])(
    'does not take %s',
    async (search) => {
      const { status, body } = await call('GET', `/customer/${await someone()}/address?${search}`)
      expect([status, body.code]).toEqual([422, 'invalid_input'])
    },
  )
})

describe('the wire', () => {
  test('every route is one round trip of at most five statements, a replay two trips', async () => {
    const id = await someone()
    const counted = async (request: Promise<{ status: number; body: { id: string } }>) => {
      app.wire.reset()
      const { status, body } = await request
      const { trips, statements } = app.wire.count()
      return { status, trips, statements, id: body?.id }
    }
    const keyed = () => counted(add(id, home, { headers: { 'Idempotency-Key': 'wire' } }))
    const made = await keyed()
    // The claim of the key comes second: a revoked token must not learn of it.
    expect(made).toMatchObject({ status: 201, trips: 1, statements: 2 })
    expect(await keyed()).toMatchObject({ status: 201, trips: 2 })
    const path = `/customer/${id}/address`
    const one = `${path}/${made.id}`
    expect(await counted(add(id, home))).toMatchObject({ status: 200, trips: 1, statements: 1 })
    expect(await counted(call('GET', path))).toMatchObject({ trips: 1, statements: 1 })
    expect(await counted(call('GET', one))).toMatchObject({ trips: 1, statements: 1 })
    const body = { city: 'Oakland', postalCode: '94601', state: 'ca', isDefault: true }
    expect(await counted(call('PATCH', one, { body }))).toMatchObject({ trips: 1, statements: 1 })
    expect(await counted(call('DELETE', one))).toMatchObject({ trips: 1, statements: 1 })
  })
})
