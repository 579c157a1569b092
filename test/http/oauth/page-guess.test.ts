import { describe, expect, test } from 'vitest'
import { sealLoginPage, unsealLoginPage } from '#core/authorization'
import { startTestApp } from '../../support/app.ts'
import { codePagesIn } from '../../support/code-page.ts'
import { browserAt, type Seen } from '../../support/login-page.ts'
import { query } from '../../support/rows.ts'
import { makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

const at = (place: string) => ({ 'CF-Connecting-IP': place })
const WRONG = /wrong or too old/
const otherThan = (code: string, n = 0) => String((Number(code) + n + 1) % 1e6).padStart(6, '0')

/** A shop whose clock stands still: no failure is forgiven. */
async function startShop() {
  const app = await startTestApp({ frozen: true })
  const pages = codePagesIn(app)
  const shopperAtCode = async () => pages.atCode((await makeShopper(app)).email)
  return { app, ...pages, shopperAtCode }
}
const shop = await startShop()
const { app, shopperAtCode } = shop

describe('wrong codes on the page', () => {
  test('of many at once from many places end the request; another one on the same page is good', async () => {
    const { browser, page, email, code } = await shopperAtCode()
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        browser.send(page, { way: 'verify', code: otherThan(code, n) }, at(`198.51.100.${n}`)),
      ),
    )
    const right = await browser.send(page, { way: 'verify', code }, at('203.0.113.1'))
    expect([right.status, right.problem]).toEqual([401, expect.stringMatching(WRONG)])
    app.advance(30_000)
    const again = await browser.send(right, { way: 'code' })
    const next = await shop.codeMailedTo(email)
    expect((await browser.send(again, { way: 'verify', code: next })).status).toBe(303)
  })
})

describe('a code that was mailed by another shop', () => {
  /** An account of the same address there, and the request of its code. */
  async function elsewhere(email: string) {
    const token = await app.strangerToken()
    await app.call('POST', '/customer', { token, body: { email } })
    await shop.mails.all(email)
    const { body } = await app.call('POST', '/auth/code', { token, body: { email } })
    return { handle: body.handle as string, code: await shop.codeMailedTo(email) }
  }

  test('is refused, and that of the own shop is still good', async () => {
    const { browser, page, email, code } = await shopperAtCode()
    const other = await elsewhere(email)
    const refused = await browser.send(page, { way: 'verify', code: other.code })
    expect([refused.status, refused.problem]).toEqual([401, expect.stringMatching(WRONG)])
    expect((await browser.send(page, { way: 'verify', code })).status).toBe(303)
  })

  test('is refused with the handle of that shop as well, which nobody looks up', async () => {
    const { browser, page, email } = await shopperAtCode()
    const { handle, code } = await elsewhere(email)
    const { config, keyring, now } = app.runtime
    const read = unsealLoginPage(keyring, config.clients, page.page ?? '', now())
    if (read === null) throw new Error('there is no page')
    const sealed = sealLoginPage(keyring, { ...read.page, code: { email, handle } }, now())
    const made: Seen = { ...page, page: sealed }
    app.wire.reset()
    const { status } = await browser.send(made, { way: 'verify', code })
    expect([status, app.wire.count().trips]).toEqual([401, 0])
  })
})

test('one code that is typed more than once at the same moment claims an account once', async () => {
  const email = someAddress()
  await app.call('POST', '/customer', { body: { email } })
  const { browser, page, code } = await shop.atCode(email)
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => browser.send(page, { way: 'verify', code })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 401, 401, 401])
  const given = await query(
    `select from authorization_code join customer using (tenant)
      where tenant = $1 and customer.id = authorization_code.customer_id and email_key = $2`,
    [app.tenant, email.toLowerCase()],
  )
  expect(given).toHaveLength(1)
})

describe('a place that has failed twenty times on the page waits with passwords and codes', () => {
  const place = at('203.0.113.90')

  test.each([
    ['wrong passwords', 20, 0],
    ['wrong codes', 0, 20],
    ['both', 10, 10],
  ])('after %s', async (_, passwords, codes) => {
    const { app: own, shopperAtCode: next } = await startShop()
    const guesser = browserAt(own)
    const first = await guesser.open()
    for (let n = 0; n < passwords; n++) {
      const guess = { email: someAddress(), password: 'wrong' }
      expect((await guesser.send(first, guess, place)).status).toBe(401)
    }
    for (let requests = 0; requests < codes / 5; requests++) {
      const { browser, page, code } = await next()
      for (let n = 0; n < 5; n++) {
        const guess = { way: 'verify', code: otherThan(code, n) }
        expect((await browser.send(page, guess, place)).status).toBe(401)
      }
    }

    const { browser, page, email, code } = await next()
    const right = [
      { email, password: PASSWORD },
      { way: 'verify', code },
    ]
    for (const fields of right) {
      const refused = await browser.send(page, fields, place)
      expect([refused.status, refused.problem]).toEqual([
        429,
        'Too many wrong codes. Wait a little, or log in another way.',
      ])
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    }
    // Nobody waits elsewhere.
    for (const fields of right) {
      expect((await browser.send(page, fields, at('203.0.113.91'))).status).toBe(303)
    }
  })
})
