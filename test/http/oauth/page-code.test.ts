import { describe, expect, test } from 'vitest'
import { CALLBACK, startTestApp } from '../../support/app.ts'
import { challengeOf, exchange, isLetIn, makeVerifier } from '../../support/code.ts'
import { askForCode, codePagesIn } from '../../support/code-page.ts'
import { browserAt, requestOf, type Seen } from '../../support/login-page.ts'
import { openMails } from '../../support/mail.ts'
import { logIn, makeShopper, someAddress } from '../../support/shopper.ts'

const app = await startTestApp()
const pages = codePagesIn(app)
const { mails, codeMailedTo } = pages
const atCode = async () => pages.atCode((await makeShopper(app)).email)

describe('a code of a mail on the page', () => {
  test('lets its owner in, without a script and without a password', async () => {
    const { email } = await makeShopper(app)
    await mails.all(email)
    const browser = browserAt(app)
    const verifier = makeVerifier()
    const first = await browser.open(requestOf(app, { code_challenge: challengeOf(verifier) }))
    const page = await askForCode(browser, first, email)
    expect([page.status, page.html.includes('autocomplete="one-time-code"')]).toEqual([200, true])
    expect(page.html).toContain(email)
    const code = await codeMailedTo(email)
    app.wire.reset()
    const done = await browser.send(page, {
      way: 'verify',
      code: ` ${code.slice(0, 3)} ${code.slice(3)}`,
    })
    expect(app.wire.count().trips).toBe(2)
    expect([done.status, done.to]).toEqual([303, CALLBACK])
    const given = {
      ...{ code: done.answer.code ?? '', verifier, redirectUri: CALLBACK },
      client: `${app.tenant}-storefront`,
    }
    const { body } = await exchange(app, given)
    expect(await isLetIn(app, body.access_token)).toBe(true)
  })

  test('may be wrong first, and is asked for once more with the same page', async () => {
    const own = await startTestApp({ frozen: true })
    const inbox = openMails(own)
    const { email } = await makeShopper(own)
    await inbox.all(email)
    const browser = browserAt(own)
    const page = await askForCode(browser, await browser.open(), email)
    const wrong = await browser.send(page, { way: 'verify', code: '12' })
    expect([wrong.status, wrong.problem]).toEqual([401, expect.stringMatching(/wrong or too old/)])
    own.advance(30_000)
    const again = await browser.send(wrong, { way: 'code' })
    expect(again.status).toBe(200)
    const sent = await inbox.all(email)
    expect(sent).toHaveLength(2)
    const done = await browser.send(again, { way: 'verify', code: sent[0]?.code ?? '' })
    expect(done.status).toBe(303)
  })

  test('that the mail has as a link, because many are asked for, is copied into its field', async () => {
    const { email } = await makeShopper(app)
    for (let n = 0; n < 5; n++) {
      const stranger = browserAt(app, { 'CF-Connecting-IP': `203.0.113.${100 + n}` })
      await askForCode(stranger, await stranger.open(), email)
    }
    await mails.all(email)
    const browser = browserAt(app)
    const page = await askForCode(browser, await browser.open(), email)
    expect(page.html).toContain('If the mail has a link instead, copy the link into the field.')
    const { link, text } = await mails.next(email)
    expect(text).toContain('copy this link into the field')
    expect((await browser.send(page, { way: 'verify', code: link })).status).toBe(303)
  })

  test('leads back to the first screen, where the password is good', async () => {
    const { browser, page } = await atCode()
    const back = await browser.send(page, { way: 'back' })
    expect([back.status, back.html.includes('name="password"')]).toEqual([200, true])
  })

  test('works once', async () => {
    const { browser, page, code } = await atCode()
    expect((await browser.send(page, { way: 'verify', code })).status).toBe(303)
    expect((await browser.send(page, { way: 'verify', code })).status).toBe(401)
  })

  test('is good in its own tab and its own browser only', async () => {
    const { browser, page, email, code } = await atCode()
    const tab = await askForCode(browser, await browser.open(), email)
    expect((await browser.send(tab, { way: 'verify', code })).status).toBe(401)
    const stranger = browserAt(app)
    await stranger.open()
    expect((await stranger.send(page, { way: 'verify', code })).status).toBe(400)
    expect((await browser.send(page, { way: 'verify', code })).status).toBe(303)
  })

  test('is a fresh proof for the session that the client gets', async () => {
    const { email } = await makeShopper(app)
    await mails.all(email)
    const browser = browserAt(app)
    const verifier = makeVerifier()
    const first = await browser.open(requestOf(app, { code_challenge: challengeOf(verifier) }))
    const page = await askForCode(browser, first, email)
    const { answer } = await browser.send(page, { way: 'verify', code: await codeMailedTo(email) })
    const client = `${app.tenant}-storefront`
    const { body } = await exchange(app, {
      ...{ code: answer.code ?? '', verifier, redirectUri: CALLBACK, client },
    })
    const exported = await app.call('GET', '/customer/me/export', { token: body.access_token })
    expect(exported.status).toBe(200)
  })

  test('claims an account that nobody has proven, and ends what a stranger set up there', async () => {
    const lax = await startTestApp({ settings: { require_email_verification: false } })
    const inbox = openMails(lax)
    const [email, password] = [someAddress(), 'a quiet river 42']
    const token = await lax.storefrontToken()
    await lax.call('POST', '/customer', { token, body: { email, password } })
    const stranger = await logIn(lax, { id: '', email, password })
    await inbox.all(email)
    const browser = browserAt(lax)
    const page = await askForCode(browser, await browser.open(), email)
    const code = (await inbox.all(email)).at(-1)?.code ?? ''
    expect((await browser.send(page, { way: 'verify', code })).status).toBe(303)
    expect((await lax.call('GET', '/auth/me', { token: stranger.accessToken })).status).toBe(401)
  })
})

/** What a stranger sees of an address. */
const shown = ({ status, html, headers }: Seen, email: string) => ({
  status,
  html: html.replaceAll(email, '…').replace(/ value="[^"]*"/g, ''),
  headers: [...headers].filter(([name]) => name !== 'x-request-id'),
})

test.each<[string, () => Promise<string>]>([
  ['an account', async () => (await makeShopper(app)).email],
  [
    'a disabled account',
    async () => {
      const { id, email } = await makeShopper(app)
      await app.call('POST', `/customer/${id}/disable`)
      return email
    },
  ],
  [
    'a guest',
    async () => {
      const email = someAddress()
      await app.call('POST', '/customer/guest', { body: { email } })
      return email
    },
  ],
])('the page says the same of %s and of nobody, also after a wrong code', async (_, make) => {
  const seen = []
  for (const email of [await make(), someAddress()]) {
    await app.drain()
    const browser = browserAt(app)
    const first = await browser.open()
    app.wire.reset()
    const page = await askForCode(browser, first, email)
    const asked = app.wire.count()
    app.wire.reset()
    const wrong = await browser.send(page, { way: 'verify', code: '000000' })
    const typed = app.wire.count()
    seen.push([shown(page, email), shown(wrong, email), asked.statements, typed.statements])
  }
  expect(seen[0]).toEqual(seen[1])
})

test.each([
  ['an address that is none', { way: 'code', email: 'jane' }, 422],
  ['no address', { way: 'code', email: '' }, 422],
  ['a code before one was asked for', { way: 'verify', code: '123456' }, 400],
])('the page refuses %s', async (_, fields, status) => {
  const browser = browserAt(app)
  expect((await browser.send(await browser.open(), fields)).status).toBe(status)
})

test('both screens are small, in both languages', async () => {
  for (const ui_locales of ['en', 'de']) {
    const browser = browserAt(app)
    const first = await browser.open(requestOf(app, { ui_locales }))
    const second = await askForCode(browser, first, someAddress())
    for (const { html } of [first, second]) expect(html.length).toBeLessThan(15_000)
    expect(second.html).toContain(`<html lang="${ui_locales}"`)
  }
})

test('a new address comes in by a code, where the shop lets it, and the page says so', async () => {
  const open = await startTestApp({ settings: { allow_code_registration: true } })
  const inbox = openMails(open)
  const email = someAddress()
  const browser = browserAt(open)
  const verifier = makeVerifier()
  const first = await browser.open(requestOf(open, { code_challenge: challengeOf(verifier) }))
  expect(first.html).toContain('creates your account if you have none')
  const page = await askForCode(browser, first, email)
  const { code } = await inbox.next(email)
  const done = await browser.send(page, { way: 'verify', code })
  const client = `${open.tenant}-storefront`
  const given = { code: done.answer.code ?? '', verifier, redirectUri: CALLBACK, client }
  const { body } = await exchange(open, given)
  const { body: me } = await open.call('GET', '/auth/me', { token: body.access_token })
  expect(me).toMatchObject({ email, emailVerified: true, status: 'active' })
})
