import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call, tokens, wire } = app
const mails = openMails(app)
const token = tokens.storefront
const password = 'a quiet river 42'

let people = 0
const activate = (email: string) =>
  sql`update customer set status = 'active', email_verified_at = now() where tenant = ${app.tenant} and email = ${email}`
const address = () => `Someone${++people}@Example.com`

test('a storefront learns nothing but that its registration was accepted', async () => {
  const email = address()
  const first = await call('POST', '/customer', { token, body: { email, password } })
  expect([first.status, first.text]).toEqual([202, '{"status":"accepted"}'])
  const { subject, to, text, link } = await mails.next()
  expect([subject, to]).toEqual(['Confirm your e-mail address for Test Shop', email])
  expect(link).toMatch(/^https:\/\/shop\.example\/verify-email\?token=att_/)
  expect(text.split('\n')).toContain(link)
})

test('a known address gets the same answer, by the same work, and another mail', async () => {
  const known = address()
  await call('POST', '/customer', { body: { email: known, password } })
  await app.db.run([activate(known)])
  await mails.all()
  const answers = []
  for (const email of [known, address()]) {
    wire.reset()
    const { status, text, headers } = await call('POST', '/customer', {
      token,
      body: { email, password },
    })
    const { trips, statements } = wire.count()
    answers.push({ status, text, headers: [...headers.keys()], trips, statements })
  }
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({ status: 202, trips: 1 })
  const { subject, to } = await mails.next(known)
  expect([subject, to]).toEqual(['You already have an account at Test Shop', known])
})

test('a customer that a service made and nobody claimed does not keep its owner from registering', async () => {
  const email = address()
  await call('POST', '/customer', { body: { email } })
  await call('POST', '/customer', { token, body: { email, password } })
  expect((await mails.next(email)).subject).toBe('Confirm your e-mail address for Test Shop')
})

test('a disabled account gets no mail, and the same answer', async () => {
  const email = address()
  const { body: customer } = await call('POST', '/customer', { body: { email } })
  await call('POST', `/customer/${customer.id}/disable`)
  const { status } = await call('POST', '/customer', { token, body: { email, password } })
  expect(status).toBe(202)
  expect(await mails.all(email)).toEqual([])
})

test('an attempt does not hold the address against a service', async () => {
  const email = address()
  await call('POST', '/customer', { token, body: { email, password } })
  expect((await call('POST', '/customer', { body: { email } })).status).toBe(201)
})

test('strangers have at most one mail a minute and five a day sent to an address, and do not notice', async () => {
  const email = address()
  const ask = async () => {
    const { status } = await call('POST', '/customer', {
      token: await app.storefrontToken(),
      body: { email, password },
      headers: { 'CF-Connecting-IP': '203.0.113.1' },
    })
    expect(status).toBe(202)
    return (await mails.all(email)).length
  }
  expect([await ask(), await ask()]).toEqual([1, 0])
  const sent = []
  for (let minute = 1; minute <= 6; minute++) {
    app.advance(60_000)
    sent.push(await ask())
  }
  expect(sent).toEqual([1, 1, 1, 1, 0, 0])
  app.advance(24 * 60 * 60_000)
  expect(await ask()).toBe(1)
})

test('twenty attempts at once leave the one whose mail is sent, and five that wait', async () => {
  const email = address()
  const fresh = await app.storefrontToken()
  const ask = (i: number) =>
    call('POST', '/customer', {
      token: fresh,
      body: { email, password: `${password} ${i}` },
      headers: { 'CF-Connecting-IP': '203.0.113.2' },
    })
  /** The line of hashes has room for few of one place: who finds none asks again. */
  const insist = async (i: number): ReturnType<typeof ask> => {
    const answer = await ask(i)
    if (answer.status !== 429) return answer
    await new Promise((resolve) => setImmediate(resolve))
    return insist(i)
  }
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => insist(i)))
  expect(answers.every(({ status }) => status === 202)).toBe(true)
  const [kept] = await app.db.run([
    sql`select state, count(*)::int as count from attempt where tenant = ${app.tenant} and email = ${email} group by state order by state`,
  ])
  expect(kept).toEqual([
    { state: 'live', count: 1 },
    { state: 'unsent', count: 5 },
  ])
})

test('the same registration again is the same attempt', async () => {
  const email = address()
  const fresh = await app.storefrontToken()
  for (const firstName of ['A', 'B']) {
    await call('POST', '/customer', { token: fresh, body: { email, password, firstName } })
  }
  const [kept] = await app.db.run([
    sql`select first_name from attempt where tenant = ${app.tenant} and email = ${email}`,
  ])
  expect(kept).toEqual([{ first_name: 'B' }])
})

test('a repeated key gets the kept answer, and no second mail', async () => {
  const email = address()
  const options = {
    token: await app.storefrontToken(),
    body: { email, password },
    headers: { 'Idempotency-Key': 'r1' },
  }
  const first = await call('POST', '/customer', options)
  const again = await call('POST', '/customer', options)
  expect([again.status, again.text]).toEqual([first.status, first.text])
  expect(again.headers.get('Idempotent-Replayed')).toBe('true')
})

test('a weak password is refused for every address alike', async () => {
  const { status, body } = await call('POST', '/customer', {
    token: await app.storefrontToken(),
    body: { email: address(), password: 'password' },
  })
  expect([status, body.code, body.errors[0].code]).toEqual([
    422,
    'invalid_input',
    'password_too_common',
  ])
})

test('a storefront cannot say which record of another system a customer is', async () => {
  const { status, body } = await call('POST', '/customer', {
    token: await app.storefrontToken(),
    body: { email: address(), externalId: 'erp-1' },
  })
  expect([status, body.code]).toEqual([403, 'caller_not_allowed'])
})

test('a mail is written in the language of its reader', async () => {
  const email = address()
  await call('POST', '/customer', {
    token: await app.storefrontToken(),
    body: { email, password, locale: 'de-AT' },
  })
  const { subject, html } = await mails.next(email)
  expect(subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse für Test Shop')
  expect(html).toContain('<html lang="de">')
})
