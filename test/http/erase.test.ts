import { describe, expect, test } from 'vitest'
import { erasedCustomerHash } from '#core/privacy'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { caughtUp } from '../support/caught-up.ts'
import { shopIn } from '../support/shop.ts'
import { logIn, makeShopper, PASSWORD } from '../support/shopper.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, db, tenant, tokens } = app
const { account, guest, record, claim, merge, find, eventsOf, freshEmail } = shopIn(app)

const erase = (id: string, body: object = {}, options: object = {}) =>
  call('POST', `/customer/${id}/erase`, { body, ...options })
const address = { line1: '1 Main St', city: 'Berlin', postalCode: '10115', country: 'DE' }

describe('after an erasure', () => {
  test('the customer and those merged into it answer 404 to everything, and the receipt stays', async () => {
    const email = freshEmail()
    const visitor = await guest({ email })
    const { id } = await account({ email })
    await claim(email)
    await app.drain()
    const { body: receipt, status } = await erase(id, { reason: 'other' })
    expect([status, receipt.mergedIds, receipt.state]).toEqual([200, [visitor.id], 'done'])
    const other = await account()
    for (const gone of [id, visitor.id]) {
      const asked: [string, string, object?][] = [
        ['GET', ''],
        ['PATCH', '', { firstName: 'X' }],
        ['DELETE', ''],
        ['GET', '/address'],
        ['POST', '/address', address],
        ['GET', '/group'],
        ['POST', '/group', { group: 'vip' }],
        ['GET', '/event'],
        ['GET', '/order'],
        ['GET', '/stats'],
        ['GET', '/session'],
        ['POST', '/disable', {}],
        ['POST', '/enable'],
        ['POST', '/invite'],
        ['POST', '/password-reset'],
        ['POST', '/merge', { from: other.id }],
        ['POST', '/erase', {}],
      ]
      for (const [method, path, body] of asked) {
        const answer = await call(method, `/customer/${gone}${path}`, { body })
        expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'customer_not_found'])
      }
      expect((await merge(other.id, gone)).body.code).toBe('customer_not_found')
      expect((await record(gone, `new-${gone}`)).status).toBe(404)
      expect((await call('GET', `/customer/${gone}/erasure`)).body).toMatchObject({
        customerId: id,
        reason: 'other',
      })
    }
    expect((await call('GET', `/customer/${other.id}/erasure`)).body.code).toBe(
      'customer_not_found',
    )
  })

  test('a newer version of its order is taken, also by the id that was merged, and names nobody', async () => {
    const visitor = await guest()
    await record(visitor.id, 'refunded-later', { total: 2500 })
    const { id } = await account()
    await merge(id, visitor.id)
    await erase(id)
    const answer = await record(visitor.id, 'refunded-later', {
      total: 2500,
      refunded: 500,
      version: 2,
    })
    expect([answer.status, answer.body.applied]).toEqual([200, true])
    expect((await call('GET', '/order/refunded-later')).body).toMatchObject({
      refunded: 500,
      customer: null,
    })
    expect((await record(id, 'refunded-later', { version: 3 })).body.applied).toBe(true)
  })

  test('the address is free, and who comes with it is a stranger', async () => {
    const email = freshEmail()
    const { id } = await account({ email, externalId: 'x-1' })
    await call('POST', `/customer/${id}/group`, { body: { group: 'vip' } })
    await erase(id)
    const next = (
      await call('POST', '/customer/find-or-create', { body: { email, externalId: 'x-1' } })
    ).body
    expect(next.id).not.toBe(id)
    expect(next).toMatchObject({ groups: [], firstName: null, orderCount: 0 })
    expect((await erase(next.id)).status).toBe(200)
  })

  test('its merges can be read without its data, and not undone; the other of an undone one keeps its own', async () => {
    const [kept, gone] = [await account({ lastName: 'Kept' }), await account({ lastName: 'Gone' })]
    const undone = (await merge(kept.id, gone.id)).body
    await call('POST', `/merge/${undone.id}/undo`)
    const late = await guest({ firstName: 'Late' })
    const done = (await merge(gone.id, late.id)).body
    await erase(gone.id)
    expect((await call('POST', `/merge/${done.id}/undo`)).body.code).toBe('merge_not_undoable')
    for (const { id } of [undone, done]) {
      const { body, text } = await call('GET', `/merge/${id}`)
      expect(body.detail).toMatchObject({ leftAddresses: [], leftMetadata: {} })
      expect(text).not.toMatch(/Gone|Late/)
    }
    const [rows] = await db.run([
      sql`select before from merge where tenant = ${tenant} and id = ${undone.id}`,
    ])
    expect(JSON.stringify(rows)).toContain('Kept')
    expect(await find(kept.id)).toMatchObject({ lastName: 'Kept' })
  })

  test('a key whose answer was erased is not found, and one with another body is refused', async () => {
    const headers = { 'Idempotency-Key': 'made-once' }
    const body = { email: freshEmail(), firstName: 'Once' }
    const made = await call('POST', '/customer', { body, headers })
    await erase(made.body.id)
    const again = await call('POST', '/customer', { body, headers })
    expect([again.status, again.body.code]).toEqual([404, 'customer_not_found'])
    const changed = await call('POST', '/customer', { body: { ...body, firstName: 'X' }, headers })
    expect(changed.body.code).toBe('idempotency_key_reused')
  })

  test('under a key its own answer comes again', async () => {
    const { id } = await account()
    const options = { headers: { 'Idempotency-Key': 'erase-once' } }
    const first = await erase(id, {}, options)
    const again = await erase(id, {}, options)
    expect([again.status, again.text]).toEqual([200, first.text])
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  })
})

describe('a shopper', () => {
  test('erases its own account with the password, and nothing of its session works any more', async () => {
    const shopper = await makeShopper(app)
    const session = await logIn(app, shopper)
    const token = session.accessToken
    const wrong = await erase('me', { currentPassword: 'not it' }, { token })
    expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_credentials'])
    const right = await erase('me', { currentPassword: PASSWORD }, { token })
    expect([right.status, right.body.actor]).toMatchObject([
      200,
      { type: 'shopper', id: shopper.id },
    ])
    expect((await call('GET', '/auth/me', { token })).status).toBe(401)
    const refresh = await call('POST', '/auth/refresh', {
      body: { refreshToken: session.refreshToken },
      token: null,
    })
    expect(refresh.status).toBe(401)
    const login = await call('POST', '/auth/login', {
      body: { email: shopper.email, password: PASSWORD },
      token: app.storefrontToken(),
    })
    expect(login.body.code).toBe('invalid_credentials')
  })

  test('erases nobody else', async () => {
    const token = (await logIn(app, await makeShopper(app))).accessToken
    const { id } = await account()
    const answer = await erase(id, { currentPassword: PASSWORD }, { token })
    expect([answer.status, answer.body.code]).toEqual([403, 'caller_not_allowed'])
    expect((await find(id)).id).toBe(id)
  })
})

describe('what is refused', () => {
  test('a merged customer: its survivor is named', async () => {
    const [survivor, merged] = [await account(), await guest()]
    await merge(survivor.id, merged.id)
    const answer = await erase(merged.id)
    expect([answer.status, answer.body]).toMatchObject([
      409,
      { code: 'customer_merged', survivorId: survivor.id },
    ])
    expect((await find(survivor.id)).id).toBe(survivor.id)
  })

  test.each([
    ['a reason of its own', { reason: 'because' }, 422, 'invalid_input'],
    ['an unknown field', { why: 'requested' }, 422, 'invalid_input'],
    ['no JSON', '{', 400, 'malformed_json'],
  ])('%s', async (_, body, status, code) => {
    const { id } = await account()
    const answer = await call('POST', `/customer/${id}/erase`, { body })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect((await find(id)).id).toBe(id)
  })

  test('a stale version', async () => {
    const { id } = await account()
    const answer = await erase(id, {}, { headers: { 'If-Match': 'W/"7"' } })
    expect([answer.status, answer.body.code]).toEqual([412, 'precondition_failed'])
  })

  test('a service without the scope, and a storefront', async () => {
    const { id } = await account()
    const weak = await app.tokenWith('customer:read customer:write')
    for (const [path, method] of [
      [`/customer/${id}/erase`, 'POST'],
      [`/customer/${id}/erasure`, 'GET'],
      ['/erasure', 'GET'],
    ] as const) {
      const body = method === 'POST' ? {} : undefined
      expect((await call(method, path, { body, token: weak })).body.code).toBe('insufficient_scope')
      expect((await call(method, path, { body, token: tokens.storefront })).status).toBe(403)
    }
  })
})

describe('who goes along', () => {
  test('the guest of the address, only if the account was verified and claimed', async () => {
    const [proven, unproven] = [freshEmail(), freshEmail()]
    const owner = await account({ email: proven })
    await claim(proven)
    await app.drain()
    const later = await guest({ email: proven })
    const bystander = await guest({ email: unproven })
    const stranger = await account({ email: unproven })
    expect((await erase(owner.id)).body.guestIds).toEqual([later.id])
    expect((await erase(stranger.id)).body.guestIds).toEqual([])
    expect((await call('GET', `/customer/${later.id}`)).status).toBe(404)
    expect((await find(bystander.id)).email).toBe(unproven)
  })

  test('nobody else with the address: what stands under it may be theirs', async () => {
    const email = freshEmail()
    const stranger = await account({ email })
    const bystander = await guest({ email })
    const letter = { customerId: bystander.id, email }
    const now = app.runtime.now()
    await db.run([
      sql`insert into dead_letter (tenant, id, queue, kind, subject, body, attempts, created_at)
        values (${tenant}, ${newId('deadLetter', now)}, 'customer-dead', 'unreadable', ${newId('job', now)}, ${JSON.stringify(letter)}, 11, ${now.toISOString()})`,
    ])
    const kept = async () => {
      const [rows] = await db.run([
        sql`select body from dead_letter where tenant = ${tenant} and strpos(body::text, ${email}) > 0`,
      ])
      return rows
    }
    await erase(stranger.id)
    expect(await kept()).toEqual([{ body: letter }])
    expect(await find(bystander.id)).toMatchObject({ email })
    await erase(bystander.id)
    expect(await kept()).toEqual([])
  })

  test('a customer that was deleted before can be erased', async () => {
    const { id } = await account({ lastName: 'Hidden' })
    await call('DELETE', `/customer/${id}`)
    expect((await erase(id)).status).toBe(200)
    const [rows] = await db.run([
      sql`select status, last_name from customer where tenant = ${tenant} and id = ${id}`,
    ])
    expect(rows).toEqual([{ status: 'erased', last_name: null }])
  })
})

test('two erasures and a change at once: one event, and the data is gone', async () => {
  const { id } = await account({ firstName: 'Racer' })
  const answers = await Promise.all([
    erase(id),
    call('PATCH', `/customer/${id}`, { body: { firstName: 'Racing' } }),
    erase(id),
  ])
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  expect(answers.filter(({ status }, i) => i !== 1 && status === 200)).toHaveLength(1)
  const events = await eventsOf(id)
  expect(events.filter(({ type }) => type === 'customer.erased')).toHaveLength(1)
  expect(JSON.stringify(events)).not.toContain('Rac')
})

test('a long history is emptied by jobs, and the receipt says when it is done', async () => {
  const { id } = await account({ firstName: 'Longlived' })
  await db.run([
    sql`insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
      select ${tenant}, 'evt_long' || n, ${id}, 1 + n, 'customer.updated', '{"customer":{"firstName":"Longlived"}}', '{"type":"system","id":null}', now()
      from generate_series(1, 2500) n`,
    sql`update customer set sequence = 2501 where tenant = ${tenant} and id = ${id}`,
  ])
  const answer = await erase(id)
  expect([answer.status, answer.body.state, answer.body.finishedAt]).toEqual([202, 'running', null])
  await app.drain()
  const { body } = await call('GET', `/customer/${id}/erasure`)
  expect([body.state, body.finishedAt === null]).toEqual(['done', false])
  const [rows] = await db.run([
    sql`select count(*)::int as left from event where tenant = ${tenant} and data::text like '%Longlived%'`,
  ])
  expect(rows).toEqual([{ left: 0 }])
})

describe('the feed of erasures', () => {
  test('names nobody, comes in pages in the order of the events, and only this service can tell whom it means', async () => {
    const ids: string[] = []
    for (let n = 0; n < 3; n++) {
      const { id } = await account()
      await erase(id, { reason: 'retention' })
      ids.push(id)
    }
    await caughtUp()
    const seen: { hashes: string[]; reason: string }[] = []
    for (let cursor = ''; ; ) {
      const { body, text } = await call('GET', `/erasure?limit=2${cursor}`)
      expect(text).not.toMatch(/cust_/)
      seen.push(...body.data)
      if (body.pagination.nextCursor === null) break
      cursor = `&cursor=${body.pagination.nextCursor}`
    }
    const hashOf = (id: string) => erasedCustomerHash({ keyring: app.runtime.keyring, tenant }, id)
    expect(seen.slice(-3).map(({ hashes, reason }) => [hashes, reason])).toEqual(
      ids.map((id) => [[hashOf(id)], 'retention']),
    )
  })

  test.each([
    ['/erasure?cursor=x', 'invalid_cursor'],
    ['/erasure?limit=0', 'invalid_input'],
  ])('%s is %s', async (path, code) => {
    expect((await call('GET', path)).body.code).toBe(code)
  })
})

test('the periods are those of the settings', async () => {
  await app.cron('17 3 * * *')
  const { body } = await call('GET', '/retention')
  expect(body.data).toContainEqual(
    expect.objectContaining({
      name: 'delivery',
      days: 30,
      setting: 'delivery_retention_days',
      task: 'purge-deliveries',
      nextRunAt: expect.stringMatching(/T03:17/),
    }),
  )
})
