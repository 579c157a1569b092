import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)
const day = 86_400_000

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })
const codeOf = ({ status, body }: { status: number; body: { code?: string } | null }) => [
  status,
  body?.code,
]
const invalid = [422, 'mail_token_invalid']
const invite = (id: string, options = {}) => call('POST', `/customer/${id}/invite`, options)
const choose = (token: string) => post('/auth/password/reset', { token, password: PASSWORD })

/** An account as a service brings it from another system. */
async function brought(input = {}) {
  const email = someAddress()
  const { body } = await call('POST', '/customer', { body: { email, firstName: 'Jane', ...input } })
  return { id: body.id as string, email, password: PASSWORD }
}

describe('an invitation', () => {
  test('has its own words, and its link chooses a password, which claims the account', async () => {
    const account = await brought()
    expect(await mails.all()).toEqual([])
    const { status, text } = await invite(account.id)
    expect([status, text]).toEqual([202, '{"status":"accepted"}'])
    const { link, token, ...mail } = await mails.next(account.email)
    expect(mail.subject).toBe('Your account at Test Shop is waiting for you')
    expect(mail.text).not.toMatch(/probably you|asked/)
    expect(mail.text).toContain('7 days')
    expect(link).toMatch(/^https:\/\/shop\.example\/reset-password\?token=cust_/)
    expect((await choose(token)).status).toBe(204)
    const { customer } = await logIn(app, account)
    expect(customer).toMatchObject({
      id: account.id,
      status: 'active',
      emailVerified: true,
      firstName: 'Jane',
    })
    expect(codeOf(await choose(token))).toEqual(invalid)
  })

  test('speaks the language of the customer', async () => {
    const { id, email } = await brought({ locale: 'de' })
    await invite(id)
    expect((await mails.next(email)).subject).toBe('Ihr Konto bei Test Shop wartet auf Sie')
  })

  test('changes nothing of the customer: no version, no event', async () => {
    const { id } = await brought()
    const state = async () => {
      const { headers, text } = await call('GET', `/customer/${id}`)
      const [events = []] = await app.db.run([
        sql`select id from event where tenant = ${app.tenant} and customer_id = ${id}`,
      ])
      return [headers.get('ETag'), text, events.length]
    }
    const before = await state()
    await invite(id)
    expect(await state()).toEqual(before)
  })

  test('works for seven days', async () => {
    const [one, two] = [await brought(), await brought()]
    for (const { id } of [one, two]) await invite(id)
    const [first, second] = [await mails.next(one.email), await mails.next(two.email)]
    app.advance(7 * day - 60_000)
    expect((await choose(first.token)).status).toBe(204)
    app.advance(60_000)
    expect(codeOf(await choose(second.token))).toEqual(invalid)
  })

  test('repeated voids the earlier link; a link to reset lives beside it until a password is chosen', async () => {
    const { id, email } = await brought()
    await invite(id)
    const first = await mails.next(email)
    await invite(id)
    const second = await mails.next(email)
    await call('POST', `/customer/${id}/password-reset`)
    const reset = await mails.next(email)
    expect(codeOf(await choose(first.token))).toEqual(invalid)
    expect((await choose(second.token)).status).toBe(204)
    expect(codeOf(await choose(reset.token))).toEqual(invalid)
  })

  test('under one key is sent once', async () => {
    const { id, email } = await brought()
    const headers = { 'Idempotency-Key': 'invite-1' }
    const [one, two] = [await invite(id, { headers }), await invite(id, { headers })]
    expect([two.text, two.headers.get('Idempotent-Replayed')]).toEqual([one.text, 'true'])
    expect((await mails.all(email)).length).toBe(1)
  })

  test('goes to the new address after staff has changed it, and the earlier link is void', async () => {
    const { id, email: old } = await brought()
    await invite(id)
    const { token } = await mails.next(old)
    const email = someAddress()
    await call('PATCH', `/customer/${id}`, { body: { email } })
    await mails.all()
    expect(codeOf(await choose(token))).toEqual(invalid)
    await invite(id)
    expect((await choose((await mails.next(email)).token)).status).toBe(204)
  })

  test('is for an account whose service has set a password, too', async () => {
    const account = await brought({ password: 'what staff has typed 1' })
    await mails.all()
    await invite(account.id)
    expect((await choose((await mails.next(account.email)).token)).status).toBe(204)
    await logIn(app, account)
  })

  test("does not open an account by a link of another purpose's route", async () => {
    const { id, email } = await brought()
    await invite(id)
    const { token } = await mails.next(email)
    for (const path of ['/auth/verify-email', '/auth/email/confirm']) {
      const { status } = await post(path, { token, password: PASSWORD })
      expect([path, status]).toEqual([path, path.endsWith('confirm') ? 401 : 422])
    }
    expect(codeOf(await post('/auth/email/undo', { token }))).toEqual(invalid)
    expect((await choose(token)).status).toBe(204)
  })
})

describe('nobody is invited', () => {
  const merged = async () => {
    const [one, two] = [await brought(), await brought()]
    await call('POST', `/customer/${one.id}/merge`, { body: { from: two.id } })
    return two.id
  }
  const disabled = async () => {
    const { id } = await brought()
    await call('POST', `/customer/${id}/disable`)
    return id
  }
  const guest = async () =>
    (await call('POST', '/customer/guest', { body: { email: someAddress() } })).body.id
  const deleted = async () => {
    const { id } = await brought()
    await call('DELETE', `/customer/${id}`)
    return id
  }

  test.each([
    [
      'who has an account in use',
      async () => (await makeShopper(app)).id,
      409,
      'customer_is_active',
    ],
    ['who is a guest', guest, 409, 'customer_is_guest'],
    ['whose account is disabled', disabled, 403, 'customer_disabled'],
    ['who was merged', merged, 409, 'customer_merged'],
    ['who was deleted', deleted, 404, 'customer_not_found'],
    ['who is nobody', async () => newId('customer', new Date()), 404, 'customer_not_found'],
    ['whose id is no id', async () => 'cust_1', 404, 'customer_not_found'],
  ])('%s', async (_, make, status, code) => {
    const id = await make()
    await mails.all()
    expect(codeOf(await invite(id))).toEqual([status, code])
    expect(await mails.all()).toEqual([])
  })

  test.each([
    ['a service without the scope', () => app.tokenWith('customer:read'), 403],
    ['a storefront', () => app.storefrontToken(), 403],
    ['a shopper', async () => (await logIn(app, await makeShopper(app))).accessToken, 403],
    ['a service of another tenant', () => app.strangerToken(), 404],
    ['somebody without a token', async () => null, 401],
  ])('by %s', async (_, token, status) => {
    const { id } = await brought()
    const caller = await token()
    await mails.all()
    expect((await invite(id, { token: caller })).status).toBe(status)
    expect(await mails.all()).toEqual([])
  })
})
