import { describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { type Authenticator, makeAuthenticator } from '../../support/authenticator.ts'
import { codesIn } from '../../support/login-code.ts'
import { openMails } from '../../support/mail.ts'
import { passkeysIn } from '../../support/passkey.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const NEW = 'another quiet river 43'
const MINUTE = 60_000

type Person = {
  readonly id: string
  readonly email: string
  readonly token: string
  readonly authenticator: Authenticator
  readonly passkeyId: string
}

/** A shop, with people who have a password and a passkey. */
function shopOf(app: TestApp) {
  const { call } = app
  const mails = openMails(app)
  const passkeys = passkeysIn(app)
  const codes = codesIn(app)
  const post = async (path: string, body: unknown, token?: string) => {
    const answer = await call('POST', path, { token: token ?? (await app.storefrontToken()), body })
    expect(answer.status, answer.text).toBeLessThan(300)
    return answer.body
  }

  async function enter(id: string, email: string): Promise<Person> {
    const { accessToken: token } = await logIn(app, { id, email, password: PASSWORD })
    const authenticator = makeAuthenticator()
    const added = await passkeys.register(token, authenticator)
    expect(added.status).toBe(200)
    return { id, email, token, authenticator, passkeyId: added.body.id }
  }

  return {
    ...{ app, call, mails, post },
    async logInByCode(email: string) {
      const { status } = await codes.verify(await codes.codeFor(email))
      expect(status).toBe(200)
    },
    linkTo: async (email: string) => (await mails.next(email)).token,
    /** Somebody whose address is proven. */
    async makePerson() {
      const { id, email } = await makeShopper(app)
      const person = await enter(id, email)
      await mails.all()
      return person
    },
    /** Somebody who has registered, and has not opened the mail yet; with the link of that mail. */
    async makeUnproven() {
      const email = someAddress()
      await post('/customer', { email, password: PASSWORD })
      const { userId } = await post('/auth/login', { email, password: PASSWORD })
      const person = await enter(userId, email)
      return { ...person, link: (await mails.next(email)).token }
    },
    async moved({ email: old, token }: Person) {
      const email = someAddress()
      app.advance(MINUTE)
      await post('/auth/email/change', { email, password: PASSWORD }, token)
      const confirm = (await mails.next(email)).token
      await post('/auth/email/confirm', { token: confirm, password: PASSWORD })
      return { email, undo: (await mails.next(old)).token }
    },
    /** What becomes of a login with the password, and of one with the passkey. */
    async fate({ authenticator }: Person, email: string, password: string) {
      const token = await app.storefrontToken()
      const byPassword = await call('POST', '/auth/login', { token, body: { email, password } })
      const byPasskey = await passkeys.logIn(authenticator)
      return [byPassword, byPasskey].map(({ status, body }) => body.code ?? status)
    },
  }
}
type Shop = ReturnType<typeof shopOf>

const usual = shopOf(await startTestApp())
const trusting = shopOf(await startTestApp({ settings: { require_email_verification: false } }))

/** What opens what after an act. */
type Done = {
  readonly password?: string
  readonly email?: string
  /** `lives`: it opens the account. Or the code with which it is refused. */
  readonly byPassword: string
  readonly byPasskey: string
}
const both = (fate: string): Done => ({ byPassword: fate, byPasskey: fate })
const LIVES = 'lives'
const GONE = 'invalid_credentials'
const onlyNew: Done = { password: NEW, byPassword: LIVES, byPasskey: GONE }

type Act = (of: Person, shop: Shop) => Promise<Done>
const merge = async (into: string, from: string) => {
  const { status, body } = await usual.call('POST', `/customer/${into}/merge`, { body: { from } })
  expect(status).toBe(201)
  return body
}

const acts: Readonly<Record<string, Act>> = {
  async 'a change of the password by its owner'({ token }, { post }) {
    await post('/auth/password/change', { currentPassword: PASSWORD, password: NEW }, token)
    return { ...both(LIVES), password: NEW }
  },
  async 'a log-out everywhere'({ token }, { call }) {
    await call('DELETE', '/auth/session', { token })
    return both(LIVES)
  },
  async "staff's end of all sessions"({ id }, { call }) {
    await call('DELETE', `/customer/${id}/session`)
    return both(LIVES)
  },
  async 'a change of the address by its owner'(person, { moved }) {
    return { ...both(LIVES), email: (await moved(person)).email }
  },
  async 'a change of the address by staff'({ id }, { call }) {
    const email = someAddress()
    await call('PATCH', `/customer/${id}`, { body: { email } })
    return { ...both('email_unverified'), email }
  },
  async 'a change of the address by staff, proven with the password'(
    { id },
    { call, post, linkTo },
  ) {
    const email = someAddress()
    await call('PATCH', `/customer/${id}`, { body: { email } })
    await post('/auth/verify-email', { token: await linkTo(email), password: PASSWORD })
    return { ...both(LIVES), email }
  },
  async 'a change of the address by staff, proven with another password'(
    { id },
    { call, post, linkTo },
  ) {
    const email = someAddress()
    await call('PATCH', `/customer/${id}`, { body: { email } })
    await post('/auth/verify-email', { token: await linkTo(email), password: NEW })
    return { ...onlyNew, email }
  },
  async 'a reset of the password'({ email }, { post, linkTo }) {
    await post('/auth/password/forgot', { email })
    await post('/auth/password/reset', { token: await linkTo(email), password: NEW })
    return onlyNew
  },
  async 'a login by a code'({ email }, { logInByCode }) {
    await logInByCode(email)
    return both(LIVES)
  },
  async 'the undo of a change of the address'(person, { moved, post }) {
    const { undo } = await moved(person)
    await post('/auth/email/undo', { token: undo })
    return both(GONE)
  },
  async 'the end of the access by staff'({ id }, { call }) {
    await call('POST', `/customer/${id}/disable`)
    return both('customer_disabled')
  },
  async 'the end of the access by staff, and its return'({ id }, { call }) {
    await call('POST', `/customer/${id}/disable`)
    await call('POST', `/customer/${id}/enable`)
    return both(LIVES)
  },
  async 'a merge that the account survives'({ id }, { makePerson }) {
    await merge(id, (await makePerson()).id)
    return both(LIVES)
  },
  async 'a merge into another account'({ id }, { makePerson }) {
    await merge((await makePerson()).id, id)
    return both(GONE)
  },
  async 'a merge into another account, undone'({ id }, { makePerson, call }) {
    const { id: mergeId } = await merge((await makePerson()).id, id)
    await call('POST', `/merge/${mergeId}/undo`)
    return both(LIVES)
  },
  async 'the deletion'({ id }, { call }) {
    await call('DELETE', `/customer/${id}`)
    return both(GONE)
  },
  async 'the erasure'({ id }, { call }) {
    await call('POST', `/customer/${id}/erase`, { body: {} })
    return both(GONE)
  },
}

const fates = ({ byPassword, byPasskey }: Done) =>
  [byPassword, byPasskey].map((fate) => (fate === LIVES ? 200 : fate))

describe('a passkey of a proven account is treated as its password is by', () => {
  test.each(Object.entries(acts))('%s', async (_, act) => {
    const person = await usual.makePerson()
    const done = await act(person, usual)
    const { email = person.email, password = PASSWORD } = done
    expect(await usual.fate(person, email, password)).toEqual(fates(done))
  })
})

type Unproven = Awaited<ReturnType<Shop['makeUnproven']>>
/** Somebody may have registered with the address of somebody else. */
const claims: Readonly<Record<string, (of: Unproven, shop: Shop) => Promise<Done>>> = {
  async nobody() {
    return both(LIVES)
  },
  async 'its owner with the password'({ link }, { post }) {
    await post('/auth/verify-email', { token: link, password: PASSWORD })
    return both(LIVES)
  },
  async 'its owner in a session'({ link, token }, { post }) {
    await post('/auth/verify-email', { token: link }, token)
    return both(LIVES)
  },
  async 'the reader of the inbox with another password'({ link }, { post }) {
    await post('/auth/verify-email', { token: link, password: NEW })
    return onlyNew
  },
  async 'the reader of the inbox by a reset'({ email }, { post, linkTo }) {
    await post('/auth/password/forgot', { email })
    await post('/auth/password/reset', { token: await linkTo(email), password: NEW })
    return onlyNew
  },
  async 'the reader of the inbox by a code'({ email }, { logInByCode }) {
    await logInByCode(email)
    // The attempt with this password is remembered for a day, and opens nothing.
    return { byPassword: 'email_unverified', byPasskey: GONE }
  },
  async 'a service that makes an account for the address'({ email }, { call }) {
    await call('POST', '/customer', { body: { email, password: NEW } })
    return onlyNew
  },
}

describe('a passkey that was set up before the proof is treated as the password is when it is claimed by', () => {
  test.each(Object.entries(claims))('%s', async (_, claim) => {
    const person = await trusting.makeUnproven()
    const { password = PASSWORD, ...done } = await claim(person, trusting)
    expect(await trusting.fate(person, person.email, password)).toEqual(fates(done))
  })
})

describe('no row of a passkey is left', () => {
  const rowsOf = async ({ app }: Shop, id: string) => {
    const [rows] = await app.db.run([
      sql`select id from passkey where tenant = ${app.tenant} and customer_id = ${id}`,
    ])
    return rows?.length
  }

  test.each(['the deletion', 'the erasure', 'a reset of the password'])('by %s', async (name) => {
    const person = await usual.makePerson()
    expect(await rowsOf(usual, person.id)).toBe(1)
    await acts[name]?.(person, usual)
    expect(await rowsOf(usual, person.id)).toBe(0)
  })

  test('of an account that became a guest', async () => {
    const person = await trusting.makeUnproven()
    await claims['a service that makes an account for the address']?.(person, trusting)
    const { body } = await trusting.call('GET', `/customer/${person.id}`)
    expect([body.status, await rowsOf(trusting, person.id)]).toEqual(['guest', 0])
  })
})

describe('passkeys that end with the password', () => {
  const eventsOf = async (id: string) =>
    (await usual.call('GET', `/customer/${id}/event`)).body.data.filter(
      ({ type }: { type: string }) => type === 'customer.passkey_removed',
    )

  test('are told of once, with all their names, and the mail about the password says it', async () => {
    const person = await usual.makePerson()
    const second = await passkeysIn(usual.app).register(person.token)
    await usual.mails.all()
    await acts['a reset of the password']?.(person, usual)
    const [event, ...others] = await eventsOf(person.id)
    expect([event.data.passkeyIds, others]).toEqual([[person.passkeyId, second.body.id], []])
    const { subject, text } = await usual.mails.next(person.email)
    expect(subject).toBe('Your account at Test Shop has a new password and no passkeys')
    expect(text).toContain('all passkeys were removed')
  })

  test('are nothing to tell of where there are none', async () => {
    const { id, email } = await makeShopper(usual.app)
    await usual.mails.all()
    await usual.post('/auth/password/forgot', { email })
    const token = await usual.linkTo(email)
    await usual.post('/auth/password/reset', { token, password: NEW })
    expect(await eventsOf(id)).toEqual([])
    expect((await usual.mails.next(email)).subject).toBe('Your password for Test Shop was changed')
  })
})
