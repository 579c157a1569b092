import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })

/** Sets a password somewhere; it is asked twice of the same thing, for a refusal must leave it. */
type Setter = (password: string) => Promise<{ status: number; body: { errors?: unknown } | null }>

const invited = async () => {
  const email = someAddress()
  const { body } = await call('POST', '/customer', { body: { email } })
  await call('POST', `/customer/${body.id}/verify-email/resend`)
  return (await mails.next(email)).token
}

/** Every route that sets a password, with all that it needs. */
const setters: Readonly<Record<string, () => Promise<Setter>>> = {
  'POST /customer, of a service': async () => {
    const email = someAddress()
    return (password) => call('POST', '/customer', { body: { email, password } })
  },
  'POST /customer, of a storefront': async () => {
    const email = someAddress()
    return (password) => post('/customer', { email, password })
  },
  'POST /customer/find-or-create': async () => {
    const email = someAddress()
    return (password) => call('POST', '/customer/find-or-create', { body: { email, password } })
  },
  'POST /auth/verify-email, of an account without one': async () => {
    const token = await invited()
    return (password) => post('/auth/verify-email', { token, password })
  },
  'POST /auth/verify-email, of a registration without one': async () => {
    const email = someAddress()
    await post('/customer', { email })
    const { token } = await mails.next(email)
    return (password) => post('/auth/verify-email', { token, password })
  },
  'POST /auth/password/reset': async () => {
    const { email } = await makeShopper(app)
    await mails.all()
    await post('/auth/password/forgot', { email })
    const { token } = await mails.next(email)
    return (password) => post('/auth/password/reset', { token, password })
  },
  'POST /auth/password/change': async () => {
    const { accessToken } = await logIn(app, await makeShopper(app))
    return (password) =>
      post('/auth/password/change', { currentPassword: PASSWORD, password }, accessToken)
  },
}

/** The routes whose password is one that exists. */
const proving = [
  'POST /auth/reauthenticate',
  'POST /auth/login',
  'POST /oauth/authorize',
  'POST /auth/email/change',
  'POST /auth/email/confirm',
  'POST /auth/verify-email/resend',
]

test('every route that sets a password is walked here', async () => {
  const { body: document } = await call('GET', '/openapi.json')
  const found = Object.entries<Record<string, { requestBody?: unknown }>>(document.paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) => {
        const name = /schemas\/(\w+)/.exec(JSON.stringify(requestBody ?? ''))?.[1] ?? ''
        const takes = document.components.schemas[name]?.properties?.password !== undefined
        return takes ? [`${method.toUpperCase()} ${path}`] : []
      }),
  )
  const walked = Object.keys(setters).map((name) => name.split(',')[0] ?? name)
  expect([...new Set(found)].sort()).toEqual([...new Set([...walked, ...proving])].sort())
})

const weak = [
  ['common in full width', 'ｐａｓｓｗｏｒｄ', 'password_too_common'],
  ['common between blanks', ' password ', 'password_too_common'],
  ['common around a zero-width space', 'pass\u200bword', 'password_too_common'],
  ['common with accents', 'pássword123', 'password_too_common'],
  ['of blanks', '          ', 'password_too_short'],
  [
    'of invisible characters',
    '\u200b\u200b\u2060\u2060\u200d\u200d\u00ad\u00ad',
    'password_too_short',
  ],
] as const

describe.each(Object.entries(setters))('%s', (_, make) => {
  test('refuses a bad password in every spelling, and takes a good one as it was typed', async () => {
    const set = await make()
    for (const [, password, code] of weak) {
      const { status, body } = await set(password)
      expect([password, status, body?.errors]).toMatchObject([
        password,
        422,
        [{ path: 'password', code }],
      ])
    }
    const { status } = await set('  Ein stiller Flu\u00df\u200b 42 ')
    expect(status).toBeLessThan(300)
  })
})

test('a password is checked as it was typed: its blanks and its case belong to it', async () => {
  const email = someAddress()
  const typed = '  Ein Stiller Fluß 42 '
  await call('POST', '/customer', { body: { email, password: typed } })
  const { token } = await mails.next(email)
  expect((await post('/auth/verify-email', { token, password: typed })).status).toBe(200)
  for (const password of [typed.trim(), typed.toLowerCase()]) {
    expect((await post('/auth/login', { email, password })).status).toBe(401)
  }
  expect((await post('/auth/login', { email, password: typed })).status).toBe(200)
})
