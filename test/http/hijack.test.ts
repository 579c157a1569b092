import { describe, expect, test } from 'vitest'
import { sendMail } from '#core/mail'
import { systemContext } from '../../src/runtime.ts'
import { startTestApp } from '../support/app.ts'
import { openMails } from '../support/mail.ts'
import { shopIn } from '../support/shop.ts'
import { logIn, PASSWORD } from '../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const { guest, record, find, freshEmail } = shopIn(app)
const mails = openMails(app)

const STOLEN = 'a stolen river 43'
const home = {
  line1: '123 Main St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })
const register = (email: string, password: string, more = {}) =>
  post('/customer', { email, password, ...more })
const verify = (token: string, password: string) => post('/auth/verify-email', { token, password })
const me = async (token: string) => (await call('GET', '/customer/me', { token })).body

/** A guest with an order, whose address somebody may want. */
async function buyer() {
  const email = freshEmail()
  const visitor = await guest({ email, firstName: 'Jane', lastName: 'Doe', address: home })
  await record(visitor.id, `hijack-${visitor.id}`)
  return { email, visitor }
}

const isApart = async (id: string) => {
  app.advance(61_000)
  await app.cron()
  await app.drain()
  expect(await find(id)).toMatchObject({ id, status: 'guest', orderCount: 1 })
}

test('the owner of inbox and password finds the orders of before, within one turn of the queue', async () => {
  const { email, visitor } = await buyer()
  await register(email, PASSWORD)
  await isApart(visitor.id)
  const { token } = await mails.next(email)
  const { body: session } = await verify(token, PASSWORD)
  await app.drain()
  expect(await me(session.accessToken)).toMatchObject({
    orderCount: 1,
    lastName: 'Doe',
    addresses: [{ line1: '123 Main St', isDefault: true }],
  })
  expect(await find(visitor.id)).toMatchObject({ id: session.userId, mergedFrom: visitor.id })
})

test('who registers a stranger’s address gets nothing, whatever it tries without the inbox', async () => {
  const { email, visitor } = await buyer()
  await register(email, STOLEN)
  await post('/auth/login', { email, password: STOLEN })
  await post('/auth/verify-email', { token: 'tok_made.up', password: STOLEN })
  await isApart(visitor.id)
})

test('a scanner that opens a stranger’s link gives nothing away, and the owner who does gets all of it', async () => {
  const { email, visitor } = await buyer()
  await register(email, STOLEN, { firstName: 'Mallory', phone: '+14155550199' })
  const { token } = await mails.next(email)
  expect((await post('/auth/verify-email', { token })).status).toBe(422)
  await isApart(visitor.id)
  const { body: session } = await verify(token, PASSWORD)
  await app.drain()
  expect((await find(visitor.id)).id).toBe(session.userId)
  expect(await me(session.accessToken)).toMatchObject({ orderCount: 1, phone: null })
  expect(JSON.stringify(await me(session.accessToken))).not.toContain('Mallory')
  expect((await post('/auth/login', { email, password: STOLEN })).status).toBe(403)
  expect((await verify(token, STOLEN)).status).toBe(422)
})

test('of two who registered one address, the password that comes with the inbox gets the orders', async () => {
  const { email, visitor } = await buyer()
  await register(email, STOLEN)
  await mails.all(email)
  app.advance(61_000)
  await register(email, PASSWORD)
  const { token } = await mails.next(email)
  const { body: session } = await verify(token, PASSWORD)
  await app.drain()
  expect((await find(visitor.id)).id).toBe(session.userId)
  expect((await post('/auth/login', { email, password: STOLEN })).status).toBe(403)
})

test('an account that a service made is claimed by a reset, and only then gets the orders', async () => {
  const { email, visitor } = await buyer()
  const { body: account } = await call('POST', '/customer', { body: { email } })
  await isApart(visitor.id)
  await mails.all(email)
  app.advance(61_000)
  await post('/auth/password/forgot', { email })
  const [mail] = await mails.all(email)
  await post('/auth/password/reset', { token: mail?.token, password: PASSWORD })
  await app.drain()
  expect(await find(visitor.id)).toMatchObject({ id: account.id, orderCount: 1 })
})

test('what a stranger writes as a guest of a proven address stays outside', async () => {
  const email = freshEmail()
  await register(email, PASSWORD)
  const { token } = await mails.next(email)
  const { body: session } = await verify(token, PASSWORD)
  app.advance(1000)
  const body = { email, firstName: 'Mallory', phone: '+14155550199', address: home }
  await post('/customer/guest', body)
  await app.drain()
  expect(
    await me((await logIn(app, { id: session.userId, email, password: PASSWORD })).accessToken),
  ).toMatchObject({
    firstName: null,
    phone: null,
    addresses: [],
  })
})

test('what a stranger wrote in an account that was taken back from it is not inherited', async () => {
  const email = freshEmail()
  await register(email, STOLEN, { firstName: 'Mallory' })
  await call('POST', '/customer', { body: { email, password: PASSWORD } })
  await mails.all(email)
  app.advance(61_000)
  await post('/auth/password/forgot', { email })
  const [mail] = await mails.all(email)
  await post('/auth/password/reset', { token: mail?.token, password: PASSWORD })
  await app.cron()
  await app.drain()
  const { body: session } = await post('/auth/login', { email, password: PASSWORD })
  expect(await me(session.accessToken)).toMatchObject({ firstName: null, addresses: [] })
})

describe('an account that is moved to another address', () => {
  async function moved() {
    const [old, other] = [freshEmail(), freshEmail()]
    await register(old, PASSWORD)
    const { body: session } = await verify((await mails.next(old)).token, PASSWORD)
    const visitor = await guest({ email: other, address: home })
    await record(visitor.id, `moved-${visitor.id}`)
    await post('/auth/email/change', { email: other, password: PASSWORD }, session.accessToken)
    const confirm = await mails.next(other)
    await post('/auth/email/confirm', { token: confirm.token, password: PASSWORD })
    const warning = await mails.next(old)
    await app.drain()
    return { id: session.userId as string, visitor, undo: warning.token }
  }

  test('gets the guest of that address', async () => {
    const { id, visitor } = await moved()
    expect(await find(visitor.id)).toMatchObject({
      id,
      orderCount: 1,
      addresses: [{ line1: '123 Main St' }],
    })
  })

  test('is parted from it when the owner of the old address takes the account back', async () => {
    const { id, visitor, undo } = await moved()
    expect((await post('/auth/email/undo', { token: undo })).status).toBeLessThan(300)
    expect(await find(visitor.id)).toMatchObject({ id: visitor.id, status: 'guest', orderCount: 1 })
    expect(await find(id)).toMatchObject({ orderCount: 0, addresses: [] })
    await isApart(visitor.id)
  })

  test('stays as it is when the link is made up', async () => {
    const { id, visitor, undo } = await moved()
    const broken = `${undo.slice(0, -2)}${undo.endsWith('AA') ? 'BB' : 'AA'}`
    expect((await post('/auth/email/undo', { token: broken })).body.code).toBe('mail_token_invalid')
    expect((await find(visitor.id)).id).toBe(id)
  })

  test('is taken back also when a newer guest holds the other address: that merge stays', async () => {
    const { id, visitor, undo } = await moved()
    await post('/customer/guest', { email: visitor.email })
    expect((await post('/auth/email/undo', { token: undo })).status).toBeLessThan(300)
    expect(await find(visitor.id)).toMatchObject({ id, orderCount: 1 })
  })

  test('does not get the guest afterwards when it was taken back before its turn came', async () => {
    const [old, other] = [freshEmail(), freshEmail()]
    await register(old, PASSWORD)
    const { body: session } = await verify((await mails.next(old)).token, PASSWORD)
    const visitor = await guest({ email: other })
    await record(visitor.id, `late-${visitor.id}`)
    await post('/auth/email/change', { email: other, password: PASSWORD }, session.accessToken)
    const confirm = await mails.next(other)
    app.sent.splice(0)
    await post('/auth/email/confirm', { token: confirm.token, password: PASSWORD })
    await app.settled()
    app.queue.loseEverything()
    for (const { kind, id, tenant } of app.sent.splice(0)) {
      if (kind === 'mail') await sendMail(systemContext(app.runtime, tenant, 'test'), id)
    }
    const { token: undo } = await mails.next(old)
    expect((await post('/auth/email/undo', { token: undo })).status).toBe(204)
    await isApart(visitor.id)
    expect(await find(session.userId)).toMatchObject({ email: old, orderCount: 0 })
  })
})
