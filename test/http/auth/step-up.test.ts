import { describe, expect, test } from 'vitest'
import type { Client } from '#core/identity'
import { startTestApp } from '../../support/app.ts'
import { watchHashes } from '../../support/hashes.ts'
import { openMails } from '../../support/mail.ts'
import { ageProofs, logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)

type Dangerous = {
  readonly status: number
  readonly body?: () => Record<string, unknown>
  /** The field that takes the password instead of a fresh proof. */
  readonly field?: string
}

/** What takes a fresh proof. */
const dangerous: Readonly<Record<string, Dangerous>> = {
  'GET /customer/me/export': { status: 200 },
  'DELETE /customer/me': { status: 204, field: 'currentPassword' },
  'POST /customer/me/erase': { status: 200, field: 'currentPassword' },
  'POST /auth/email/change': {
    status: 202,
    body: () => ({ email: someAddress() }),
    field: 'password',
  },
  'POST /auth/password/change': {
    status: 204,
    body: () => ({ password: 'another quiet river 43' }),
    field: 'currentPassword',
  },
}

async function ask(key: string, token: string, more: Record<string, unknown> = {}) {
  const [method = '', path = ''] = key.split(' ')
  const given = { ...dangerous[key]?.body?.(), ...more }
  const body = Object.keys(given).length === 0 ? undefined : given
  return call(method, path, { token, ...(body === undefined ? {} : { body }) })
}

const visitor = async () => {
  const shopper = await makeShopper(app)
  const { accessToken } = await logIn(app, shopper)
  return { ...shopper, token: accessToken as string }
}

const renewed = async (token: string) => {
  const { body } = await call('POST', '/auth/reauthenticate', {
    token,
    body: { password: PASSWORD },
  })
  return body.accessToken as string
}

const codeOf = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [status, body?.code]

describe.each(Object.entries(dangerous))('%s', (key, { status, field }) => {
  test('is done in a session with a fresh proof', async () => {
    const { token } = await visitor()
    expect((await ask(key, token)).status).toBe(status)
  })

  test('is refused when the proof is ten minutes old, until the shopper proves itself anew', async () => {
    const { id, token } = await visitor()
    await ageProofs(app, id)
    expect(codeOf(await ask(key, token))).toEqual([403, 'fresh_proof_required'])
    expect((await call('GET', '/auth/me', { token })).status).toBe(200)
    expect((await ask(key, await renewed(token))).status).toBe(status)
  })

  test('is refused in a session that a service opened, until the shopper proves itself', async () => {
    const { id } = await makeShopper(app)
    const { body } = await call('POST', `/customer/${id}/session`)
    expect(codeOf(await ask(key, body.accessToken))).toEqual([403, 'fresh_proof_required'])
    expect((await ask(key, await renewed(body.accessToken))).status).toBe(status)
  })

  test('stays refused after a refresh, which is no proof', async () => {
    const shopper = await makeShopper(app)
    const { refreshToken } = await logIn(app, shopper)
    await ageProofs(app, shopper.id)
    const { body } = await call('POST', '/auth/refresh', { body: { refreshToken }, token: null })
    expect(codeOf(await ask(key, body.accessToken))).toEqual([403, 'fresh_proof_required'])
  })

  test.runIf(field !== undefined)('takes the password in place of a fresh proof', async () => {
    const { id, token } = await visitor()
    await ageProofs(app, id)
    const wrong = await ask(key, token, { [`${field}`]: 'wrong' })
    expect(codeOf(wrong)).toEqual([401, 'invalid_credentials'])
    expect((await ask(key, token, { [`${field}`]: PASSWORD })).status).toBe(status)
  })

  test('waits for the database once; twice where something is read or done before the commit', async () => {
    const twice = ['POST /customer/me/erase', 'POST /auth/password/change']
    const { token } = await visitor()
    app.wire.reset()
    await ask(key, token)
    expect(app.wire.count().trips).toBe(twice.includes(key) ? 2 : 1)
  })
})

test('an account without a password gets its first one in a fresh session, and a mail says so', async () => {
  const { id, email } = await makeShopper(app, { password: undefined })
  const { body } = await call('POST', `/customer/${id}/session`)
  const token = body.accessToken
  await app.db.run([
    sql`update session set proven_at = created_at where tenant = ${app.tenant} and customer_id = ${id}`,
  ])
  await mails.all()
  const answer = await ask('POST /auth/password/change', token, { password: PASSWORD })
  expect(answer.status).toBe(204)
  expect((await mails.next(email)).subject).toMatch(/has a password/)
  expect((await logIn(app, { id, email, password: PASSWORD })).userId).toBe(id)
})

test('a refused change of the password costs no hash', async () => {
  const { hashes } = watchHashes(app)
  const { id, token } = await visitor()
  await ageProofs(app, id)
  hashes.begun = 0
  await ask('POST /auth/password/change', token)
  expect(hashes.begun).toBe(0)
})

describe('a session that a service opened', () => {
  const opened = async (id: string) =>
    (await call('POST', `/customer/${id}/session`)).body.accessToken as string

  test('ends no other session, and its own', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    const token = await opened(shopper.id)
    const { body } = await call('GET', '/auth/session', { token: accessToken })
    const own = body.data.find(({ current }: { current: boolean }) => current).id
    for (const path of ['/auth/session', `/auth/session/${own}`]) {
      const answer = await call('DELETE', path, { token })
      expect(codeOf(answer)).toEqual([403, 'fresh_proof_required'])
    }
    expect((await call('GET', '/auth/me', { token: accessToken })).status).toBe(200)
    expect((await call('POST', '/auth/logout', { token })).status).toBe(204)
    expect((await call('GET', '/auth/me', { token })).status).toBe(401)
  })

  test('pushes out no session of the shopper, however many there are', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    for (let n = 0; n < 51; n++) await opened(shopper.id)
    expect((await call('GET', '/auth/me', { token: accessToken })).status).toBe(200)
    const { body } = await call('GET', `/customer/${shopper.id}/session`)
    expect(body.data).toHaveLength(51)
  })

  test('is over when its client may open none any more', async () => {
    const own = await startTestApp()
    const { id } = await makeShopper(own)
    const { body } = await own.call('POST', `/customer/${id}/session`)
    const clients = own.runtime.config.clients as Map<string, Client>
    const name = `${own.tenant}-service`
    const client = clients.get(name) as Client
    clients.set(name, {
      ...client,
      scopes: client.scopes.filter((scope) => scope !== 'session:create'),
    })
    const me = await own.call('GET', '/auth/me', { token: body.accessToken })
    const refreshed = await own.call('POST', '/auth/refresh', {
      token: null,
      body: { refreshToken: body.refreshToken },
    })
    expect([me.status, codeOf(refreshed)]).toEqual([401, [401, 'session_ended']])
  })
})

describe('a shopper who proves itself anew', () => {
  test('gets another session in place of the old one', async () => {
    const shopper = await makeShopper(app)
    const { accessToken: token, refreshToken } = await logIn(app, shopper)
    const { status, body } = await call('POST', '/auth/reauthenticate', {
      token,
      body: { password: PASSWORD },
    })
    expect([status, body.userId]).toEqual([200, shopper.id])
    expect((await call('GET', '/auth/me', { token })).status).toBe(401)
    const old = await call('POST', '/auth/refresh', { body: { refreshToken }, token: null })
    expect(codeOf(old)).toEqual([401, 'session_ended'])
    const list = await call('GET', '/auth/session', { token: body.accessToken })
    expect(list.body.data).toHaveLength(1)
    expect(list.body.data[0].provenAt).not.toBeNull()
    const again = await call('POST', '/auth/refresh', {
      body: { refreshToken: body.refreshToken },
      token: null,
    })
    expect(again.status).toBe(200)
  })

  test('keeps the session after a wrong password, and is counted', async () => {
    const { token } = await visitor()
    for (let tries = 0; tries < 5; tries++) {
      const body = { password: 'wrong' }
      const answer = await call('POST', '/auth/reauthenticate', {
        token,
        body,
        headers: { 'CF-Connecting-IP': '198.51.100.7' },
      })
      expect(codeOf(answer)).toEqual([401, 'invalid_credentials'])
    }
    const next = await call('POST', '/auth/reauthenticate', {
      token,
      body: { password: PASSWORD },
      headers: { 'CF-Connecting-IP': '198.51.100.7' },
    })
    expect(codeOf(next)).toEqual([429, 'too_many_attempts'])
    expect((await call('GET', '/auth/me', { token })).status).toBe(200)
  })
})
