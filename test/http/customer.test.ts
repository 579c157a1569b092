import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { query } from '../support/rows.ts'

const app = await startTestApp()
const { call } = app

let people = 0
const someone = () => ({
  email: `Someone${++people}@Example.com`,
  firstName: 'Some',
  lastName: 'One',
})

/** Past the service: the rows of an address, and the events of the customers that they are. */
async function held(emailKey: string) {
  const found = await query<{ id: string; types: string[] }>(
    `select c.id, array(select type from event e where e.tenant = c.tenant and e.customer_id = c.id order by sequence) types
     from customer c where c.tenant = $1 and c.email_key = $2`,
    [app.tenant, emailKey],
  )
  return { customers: found.length, events: found.flatMap(({ types }) => types) }
}

test('a service registers a customer, which has exactly the fields of the contract', async () => {
  const { status, body, headers } = await call('POST', '/customer', {
    body: { email: 'Jane@Example.com', firstName: 'Jane', lastName: 'Doe' },
  })
  expect(status).toBe(201)
  expect(headers.get('Location')).toBe(`/customer/${body.id}`)
  expect(headers.get('ETag')).toBe('W/"1"')
  expect(headers.get('X-Request-Id')).toMatch(/^req_/)
  expect(body).toEqual({
    id: expect.stringMatching(/^cust_[0-9a-z]{26}$/),
    externalId: null,
    email: 'Jane@Example.com',
    firstName: 'Jane',
    lastName: 'Doe',
    phone: null,
    locale: null,
    status: 'unverified',
    emailVerified: false,
    addresses: [],
    groups: [],
    metadata: {},
    consents: {},
    orderCount: 0,
    totalSpent: 0,
    currency: 'USD',
    spent: [],
    lastOrderAt: null,
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: body.createdAt,
  })
})

test('an address is held once, whatever its case', async () => {
  const { email } = someone()
  await call('POST', '/customer', { body: { email } })
  const { status, body } = await call('POST', '/customer', { body: { email: email.toUpperCase() } })
  expect(status).toBe(409)
  expect(body.code).toBe('email_taken')
})

test('fifty who register one address at once make one customer and one event', async () => {
  const spellings = Array.from({ length: 50 }, (_, i) =>
    i % 2 ? 'Race@Example.com' : 'rAcE@exAMPLE.com',
  )
  const answers = await Promise.all(
    spellings.map((email) => call('POST', '/customer', { body: { email } })),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ body }) => body.code === 'email_taken')).toHaveLength(49)
  expect(await held('race@example.com')).toEqual({ customers: 1, events: ['customer.created'] })
})

test('a change names what changed and raises the version; the same again does not', async () => {
  const { body: customer } = await call('POST', '/customer', { body: someone() })
  const changed = await call('PATCH', `/customer/${customer.id}`, {
    body: { firstName: 'Else', metadata: { a: '1', b: '2' } },
  })
  expect(changed.headers.get('ETag')).toBe('W/"2"')
  expect(changed.body).toMatchObject({ firstName: 'Else', metadata: { a: '1', b: '2' } })
  const again = await call('PATCH', `/customer/${customer.id}`, {
    body: { firstName: 'Else', metadata: { a: '1', c: null } },
  })
  expect(again.headers.get('ETag')).toBe('W/"2"')
  const stale = await call('PATCH', `/customer/${customer.id}`, {
    body: { lastName: 'X' },
    headers: { 'If-Match': 'W/"1"' },
  })
  expect(stale.status).toBe(412)
  expect(stale.body.changed).toEqual(['firstName', 'metadata'])
})

test('a request repeated under its key gets the first answer, byte for byte', async () => {
  const headers = { 'Idempotency-Key': 'k1' }
  const body = someone()
  const first = await call('POST', '/customer', { body, headers })
  await call('PATCH', `/customer/${first.body.id}`, { body: { firstName: 'Other' } })
  const again = await call('POST', '/customer', { body, headers })
  expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  expect([again.status, again.text]).toEqual([first.status, first.text])
  const other = await call('POST', '/customer', { body: { ...body, firstName: 'B' }, headers })
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
})

test('twenty at once under one key create one customer', async () => {
  const body = someone()
  const headers = { 'Idempotency-Key': 'k2' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call('POST', '/customer', { body, headers })),
  )
  const made = answers.filter(({ status }) => status === 201)
  expect(new Set(made.map(({ text }) => text)).size).toBe(1)
  expect(
    answers
      .filter(({ status }) => status !== 201)
      .every(({ body }) => body.code === 'idempotency_key_in_use'),
  ).toBe(true)
  const { email } = body
  expect(await held(email.toLowerCase())).toEqual({ customers: 1, events: ['customer.created'] })
})

test('what is deleted answers like what never was, and frees its address', async () => {
  const input = someone()
  const { body: customer } = await call('POST', '/customer', { body: input })
  expect((await call('DELETE', `/customer/${customer.id}`)).status).toBe(204)
  const gone = await call('GET', `/customer/${customer.id}`)
  expect([gone.status, gone.body.code]).toEqual([404, 'customer_not_found'])
  expect((await call('DELETE', `/customer/${customer.id}`)).status).toBe(404)
  expect((await call('POST', '/customer', { body: input })).status).toBe(201)
})

test('disabling and enabling are announced once each', async () => {
  const { body: customer } = await call('POST', '/customer', { body: someone() })
  expect(
    (await call('POST', `/customer/${customer.id}/disable`, { body: { reason: 'fraud' } })).body
      .status,
  ).toBe('disabled')
  expect((await call('POST', `/customer/${customer.id}/disable`)).headers.get('ETag')).toBe('W/"2"')
  expect((await call('POST', `/customer/${customer.id}/enable`)).body.status).toBe('unverified')
  await call('POST', `/customer/${customer.id}/enable`)
  expect((await held(customer.email.toLowerCase())).events).toEqual([
    'customer.created',
    'customer.disabled',
    'customer.enabled',
  ])
})

test('another address is unverified, and its event has all that a reader sees', async () => {
  const { body: customer } = await call('POST', '/customer', { body: someone() })
  await query(
    `update customer set status = 'active', email_verified_at = now(), claimed_at = now() where id = $1`,
    [customer.id],
  )
  const path = `/customer/${customer.id}`
  const spelt = await call('PATCH', path, { body: { email: customer.email.toUpperCase() } })
  expect(spelt.body).toMatchObject({ status: 'active', emailVerified: true })
  const { email } = someone()
  const moved = await call('PATCH', path, { body: { email } })
  expect(moved.body).toMatchObject({ email, status: 'unverified', emailVerified: false })
  const { body: events } = await call('GET', `${path}/event`)
  expect(events.data.map(({ data }: { data: { changed?: string[] } }) => data.changed)).toEqual([
    ['email', 'emailVerified', 'status'],
    ['email'],
    undefined,
  ])
})

test.each(['unverified', 'guest'])(
  'twenty %s who move to one address at once: one does',
  async (status) => {
    const ids = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await call('POST', '/customer', { body: someone() })).body.id,
      ),
    )
    await query('update customer set status = $2 where id = any($1)', [ids, status])
    const { email } = someone()
    const answers = await Promise.all(
      ids.map((id) => call('PATCH', `/customer/${id}`, { body: { email } })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'email_taken')).toHaveLength(19)
  },
)

test('when the survivor is deleted, what was merged into it is gone for readers and writers alike', async () => {
  const [survivor, merged] = await Promise.all(
    [1, 2].map(async () => (await call('POST', '/customer', { body: someone() })).body.id),
  )
  await query(`update customer set status = 'merged', merged_into = $2 where id = $1`, [
    merged,
    survivor,
  ])
  const write = () => call('PATCH', `/customer/${merged}`, { body: { firstName: 'X' } })
  expect((await write()).body.code).toBe('customer_merged')
  await call('DELETE', `/customer/${survivor}`)
  expect((await call('GET', `/customer/${merged}`)).body.code).toBe('customer_not_found')
  expect((await write()).body.code).toBe('customer_not_found')
})

test('find-or-create finds an account by its address, its own external id given again', async () => {
  const body = { email: 'twice@example.com', externalId: 'twice-1' }
  const made = await call('POST', '/customer/find-or-create', { body })
  const found = await call('POST', '/customer/find-or-create', { body })
  expect([made.status, found.status, found.body.id]).toEqual([201, 200, made.body.id])
  const again = await call('POST', '/customer', { body })
  expect([again.status, again.body.code]).toEqual([409, 'email_taken'])
})

test('an external id belongs to one customer, also when many ask at once', async () => {
  const externalId = 'erp-shared'
  const make = (path: string) => call('POST', path, { body: { ...someone(), externalId } })
  const paths = ['/customer', '/customer/find-or-create', '/customer', '/customer/find-or-create']
  const answers = await Promise.all(paths.map(make))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([201, 409, 409, 409])
  const { id } = (await call('POST', '/customer', { body: someone() })).body
  const refused = [
    ...answers.filter(({ status }) => status === 409),
    await make('/customer'),
    await make('/customer/find-or-create'),
    await call('PATCH', `/customer/${id}`, { body: { externalId, firstName: 'Not' } }),
  ]
  expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['external_id_taken']))
  expect((await call('GET', `/customer/${id}`)).body).toMatchObject({
    externalId: null,
    firstName: 'Some',
  })
})

test('find-or-create finds what is there and changes nothing', async () => {
  const input = someone()
  const made = await call('POST', '/customer/find-or-create', { body: input })
  expect(made.status).toBe(201)
  const found = await call('POST', '/customer/find-or-create', {
    body: { ...input, firstName: 'Not' },
  })
  expect([found.status, found.body.id, found.body.firstName]).toEqual([200, made.body.id, 'Some'])
})

test('a wrong input is refused with what is wrong, and never repeated', async () => {
  const { status, body, text } = await call('POST', '/customer', {
    body: { email: 'not-an-address', firstname: 'x' },
  })
  expect(status).toBe(422)
  expect(body.errors).toEqual(
    expect.arrayContaining([
      { path: 'email', code: 'invalid_email', message: 'Must be an e-mail address.' },
      {
        path: 'firstname',
        code: 'unknown_field',
        message: 'There is no such field. Did you mean `firstName`?',
      },
    ]),
  )
  expect(text).not.toContain('not-an-address')
})

test('no token, a broken token and a token without the scope are told apart', async () => {
  expect((await call('GET', '/customer/cust_x', { token: null })).body.code).toBe('unauthenticated')
  expect((await call('GET', '/customer/cust_x', { token: 'a.b.c' })).body.code).toBe(
    'invalid_token',
  )
  const reader = await app.tokenWith('customer:read')
  const refused = await call('POST', '/customer', { token: reader, body: someone() })
  expect([refused.status, refused.body.code]).toEqual([403, 'insufficient_scope'])
})
