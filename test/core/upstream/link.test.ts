import { describe, expect, test } from 'vitest'
import { proveCode } from '#core/login-code'
import { Refusal } from '#kernel/error'
import { eventsIn } from '../../support/events.ts'
import { query } from '../../support/rows.ts'
import { makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { startSocialApp } from '../../support/upstream.ts'

const shop = await startSocialApp()
const { app, page, prove } = shop
const { call, tenant } = app

let people = 0
/** An identity that nobody had before. */
const someone = () => prove(`someone-${++people}`)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const linksOf = (customerId: string) =>
  query<{ identity: string; provider: string }>(
    'select identity, provider from linked_identity where tenant = $1 and customer_id = $2',
    [tenant, customerId],
  )

const nameProvider = (identity: string, name: string) =>
  query('update linked_identity set provider = $3 where tenant = $1 and identity = $2', [
    ...[tenant, identity, name],
  ])

test('an identity that nobody has opens nothing, though the provider calls an address of ours verified', async () => {
  const { email } = await makeShopper(app)
  shop.server.state.claims = { email, email_verified: true }
  const identity = await someone()
  shop.server.state.claims = {}
  expect(identity).toMatchObject({ email, isEmailVerified: true })
  expect(await page.enter(identity)).toBeNull()
})

describe('the code of a mail links an identity', () => {
  test('to the account of the inbox, which it opens from then on', async () => {
    const { id, email } = await makeShopper(app)
    const identity = await someone()
    expect(await page.link(identity, await page.codeFor(email))).toBe(id)
    expect(await page.enter(identity)).toBe(id)
    expect(await linksOf(id)).toEqual([{ identity: identity.identity, provider: 'social' }])
  })

  test('to an account that nobody has proven, which it verifies and claims', async () => {
    const email = someAddress()
    const { body } = await call('POST', '/customer', { body: { email } })
    const identity = await someone()
    await page.link(identity, await page.codeFor(email))
    expect(await page.enter(identity)).toBe(body.id)
    expect((await call('GET', `/customer/${body.id}`)).body).toMatchObject({
      status: 'active',
      emailVerified: true,
    })
  })

  test('to a new account, in a shop that lets nobody in by a code alone', async () => {
    const email = someAddress()
    const identity = await someone()
    const id = await page.link(identity, await page.codeFor(email))
    expect((await call('GET', `/customer/${id}`)).body).toMatchObject({
      ...{ email, status: 'active', emailVerified: true, firstName: null, lastName: null },
    })
    expect(await page.enter(identity)).toBe(id)
    const headless = page.context()
    const typed = await page.codeFor(someAddress())
    expect(await codeOf(proveCode(headless, typed))).toBe('invalid_credentials')
  })

  test('and tells the owner and the timeline, once', async () => {
    const { id, email } = await makeShopper(app)
    const identity = await someone()
    await page.link(identity, await page.codeFor(email))
    const [mail, ...others] = await page.mails.all(email)
    expect(others).toEqual([])
    expect(mail?.subject).toBe('You can log in at Test Shop with Social')
    expect([mail?.link, mail?.code]).toEqual(['', ''])
    expect(mail?.text).toContain('You can remove it in your account.')
    app.advance(60_000)
    await page.link(identity, await page.codeFor(email))
    expect(await page.mails.all(email)).toEqual([])
    const { body } = await call('GET', `/customer/${id}/event`)
    const told = body.data.filter(({ type }: { type: string }) => type === 'customer.login_linked')
    expect(told).toHaveLength(1)
    expect(told[0].data).toMatchObject({ customerId: id, provider: 'social' })
  })

  test('in the language of the owner', async () => {
    const { email } = await makeShopper(app, { locale: 'de-AT' })
    await page.link(await someone(), await page.codeFor(email))
    const mail = await page.mails.next(email)
    expect(mail.subject).toBe('Sie können sich bei Test Shop mit Social anmelden')
    expect(mail.text).toContain('Sie können sie in Ihrem Konto entfernen.')
  })

  test('never if it is wrong, and not the address that the provider vouches for', async () => {
    const { email } = await makeShopper(app)
    const other = await makeShopper(app)
    const identity = await someone()
    const typed = await page.codeFor(email)
    const code = String((Number(typed.code) + 1) % 1e6).padStart(6, '0')
    expect(await codeOf(page.link(identity, { ...typed, code }))).toBe('invalid_credentials')
    expect(await codeOf(page.link(identity, { ...typed, email: other.email }))).toBe(
      'invalid_credentials',
    )
    expect(await page.enter(identity)).toBeNull()
  })

  test('once: of two at once one does', async () => {
    const { email } = await makeShopper(app)
    const typed = await page.codeFor(email)
    const both = [await someone(), await someone()]
    const done = await Promise.all(both.map((identity) => codeOf(page.link(identity, typed))))
    expect(done.toSorted()).toEqual(['invalid_credentials', 'none'])
  })

  test('not to a second account', async () => {
    const [one, other] = [await makeShopper(app), await makeShopper(app)]
    const identity = await someone()
    await page.link(identity, await page.codeFor(one.email))
    const typed = await page.codeFor(other.email)
    expect(await codeOf(page.link(identity, typed))).toBe('identity_taken')
    expect(await page.enter(identity)).toBe(one.id)
    // Nothing has happened, so the code is still good for something else.
    expect(await codeOf(page.link(await someone(), typed))).toBe('none')
  })

  test('beside others, of which the ten that were used last stay', async () => {
    const { id, email } = await makeShopper(app)
    const own = []
    for (let count = 0; count < 11; count++) {
      const identity = await someone()
      app.advance(3_600_000)
      await page.link(identity, await page.codeFor(email))
      own.push(identity)
      // It tells which login goes.
      if (count === 1) await nameProvider(identity.identity, 'past')
      if (count === 9) expect(own[0] && (await page.enter(own[0]))).toBe(id)
    }
    expect(await linksOf(id)).toHaveLength(10)
    const mails = await page.mails.all(email)
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual([
      'A login with past was removed from your account at Test Shop',
      'You can log in at Test Shop with Social',
    ])
    const { body } = await call('GET', `/customer/${id}/event`)
    expect(
      body.data
        .map(({ type, data }: { type: string; data: { provider?: string } }) => [
          type,
          data.provider,
        ])
        .filter(([type]: [string]) => type.includes('login_'))
        .slice(0, 3),
    ).toEqual([
      ['customer.login_unlinked', 'past'],
      ['customer.login_linked', 'social'],
      ['customer.login_linked', 'social'],
    ])
    const entered = []
    for (const identity of own) entered.push((await page.enter(identity)) === id)
    expect(entered.flatMap((isIn, at) => (isIn ? [] : at))).toEqual([1])
  })
})

test('a login refuses a link that ended meanwhile', async () => {
  const { id, email } = await makeShopper(app)
  const identity = await someone()
  await page.link(identity, await page.codeFor(email))
  const end = () => query('delete from linked_identity where customer_id = $1', [id])
  expect(await codeOf(page.enter(identity, end))).toBe('invalid_credentials')
})

const NEW = 'another quiet river 43'
const post = async (path: string, body: unknown, token?: string) => {
  const answer = await call('POST', path, { token: token ?? (await app.storefrontToken()), body })
  expect(answer.status, answer.text).toBeLessThan(300)
  return answer.body
}
const linkTo = async (email: string) => (await page.mails.next(email)).token
const merge = async (into: string, from: string) =>
  (await call('POST', `/customer/${into}/merge`, { body: { from } })).body

async function makePerson() {
  const shopper = await makeShopper(app)
  const identity = await someone()
  await page.link(identity, await page.codeFor(shopper.email))
  await page.mails.all()
  const { accessToken: token } = await post('/auth/login', {
    email: shopper.email,
    password: PASSWORD,
  })
  return { ...shopper, identity, token: token as string }
}
type Person = Awaited<ReturnType<typeof makePerson>>

async function moveTo({ email: old, token }: Person) {
  const email = someAddress()
  app.advance(60_000)
  await post('/auth/email/change', { email, password: PASSWORD }, token)
  await post('/auth/email/confirm', { token: await linkTo(email), password: PASSWORD })
  return { email, undo: await linkTo(old) }
}
/** Staff gives the account another address, which nobody has proven. */
async function movedByStaff({ id }: Person) {
  const email = someAddress()
  await call('PATCH', `/customer/${id}`, { body: { email } })
  return email
}

/** What opens what after an act: both open the account, or each is refused with a code. */
type Fate = {
  readonly email?: string
  readonly password?: string
  readonly byPassword: string
  readonly byIdentity: string | null
}
const LIVES = 'lives'
const both: Fate = { byPassword: LIVES, byIdentity: LIVES }
const onlyNew: Fate = { password: NEW, byPassword: LIVES, byIdentity: null }
const neither = (code: string, byIdentity: string | null = code): Fate => ({
  byPassword: code,
  byIdentity,
})

const acts: Readonly<Record<string, (of: Person) => Promise<Fate>>> = {
  async 'a change of the password by its owner'({ token }) {
    await post('/auth/password/change', { currentPassword: PASSWORD, password: NEW }, token)
    return { ...both, password: NEW }
  },
  async 'a log-out everywhere'({ token }) {
    await call('DELETE', '/auth/session', { token })
    return both
  },
  async 'a change of the address by its owner'(person) {
    return { ...both, email: (await moveTo(person)).email }
  },
  async 'a change of the address by staff'(person) {
    return { ...neither('email_unverified'), email: await movedByStaff(person) }
  },
  async 'such a change, proven with the password'(person) {
    const email = await movedByStaff(person)
    await post('/auth/verify-email', { token: await linkTo(email), password: PASSWORD })
    return { ...both, email }
  },
  async 'such a change, proven with another password'(person) {
    const email = await movedByStaff(person)
    await post('/auth/verify-email', { token: await linkTo(email), password: NEW })
    return { ...onlyNew, email }
  },
  async 'such a change, proven by a code'(person) {
    const email = await movedByStaff(person)
    await page.mails.all()
    await post('/auth/code/verify', await page.codeFor(email))
    expect((await page.mails.next(email)).subject).toMatch(/old login/)
    return { ...neither('invalid_credentials', null), email }
  },
  async 'a login by a code'({ email }) {
    await post('/auth/code/verify', await page.codeFor(email))
    return both
  },
  async 'a reset of the password'({ email }) {
    await post('/auth/password/forgot', { email })
    await post('/auth/password/reset', { token: await linkTo(email), password: NEW })
    return onlyNew
  },
  async 'the undo of a change of the address'(person) {
    const { undo } = await moveTo(person)
    await post('/auth/email/undo', { token: undo })
    return neither('invalid_credentials', null)
  },
  async 'the end of the access by staff'({ id }) {
    await call('POST', `/customer/${id}/disable`)
    return neither('customer_disabled')
  },
  async 'the end of the access by staff, and its return'({ id }) {
    await call('POST', `/customer/${id}/disable`)
    await call('POST', `/customer/${id}/enable`)
    return both
  },
  async 'a merge that the account survives'({ id }) {
    await merge(id, (await makePerson()).id)
    return both
  },
  async 'a merge into another account'({ id }) {
    await merge((await makePerson()).id, id)
    return neither('invalid_credentials', null)
  },
  async 'a merge into another account, undone'({ id }) {
    const { id: mergeId } = await merge((await makePerson()).id, id)
    await call('POST', `/merge/${mergeId}/undo`)
    return both
  },
  async 'the deletion'({ id }) {
    await call('DELETE', `/customer/${id}`)
    return neither('invalid_credentials', null)
  },
  async 'the erasure'({ id }) {
    await call('POST', `/customer/${id}/erase`, { body: {} })
    return neither('invalid_credentials', null)
  },
}

describe('a linked identity is treated as the password is by', () => {
  test.each(Object.entries(acts))('%s', async (_, act) => {
    const person = await makePerson()
    const { email = person.email, password = PASSWORD, ...fate } = await act(person)
    const token = await app.storefrontToken()
    const { status, body } = await call('POST', '/auth/login', { token, body: { email, password } })
    const entered = await page.enter(person.identity).catch((error: Refusal) => error.code)
    expect({
      byPassword: status === 200 ? LIVES : body.code,
      byIdentity: entered === person.id ? LIVES : entered,
    }).toEqual(fate)
  })
})

test('the identity of a merged account can be linked to its survivor, and stays there', async () => {
  const [person, survivor] = [await makePerson(), await makePerson()]
  const { id: mergeId } = await merge(survivor.id, person.id)
  await page.link(person.identity, await page.codeFor(survivor.email))
  expect(await page.enter(person.identity)).toBe(survivor.id)
  await call('POST', `/merge/${mergeId}/undo`)
  expect(await page.enter(person.identity)).toBe(survivor.id)
})

test.each(['delete', 'erase'])('no row of a link is left by %s', async (how) => {
  const { id } = await makePerson()
  if (how === 'delete') await call('DELETE', `/customer/${id}`)
  else await call('POST', `/customer/${id}/erase`, { body: {} })
  expect(await linksOf(id)).toEqual([])
})

test('an export has the links', async () => {
  const { id } = await makePerson()
  const { body } = await call('GET', `/customer/${id}/export`)
  expect(body.sections.linkedIdentities).toMatchObject([{ provider: 'social' }])
})

test('a shop that asks for no proof lets an unproven owner in', async () => {
  const lax = await startSocialApp({ settings: { require_email_verification: false } })
  const { id, email } = await makeShopper(lax.app)
  const identity = await lax.prove()
  await lax.page.link(identity, await lax.page.codeFor(email))
  await lax.app.call('PATCH', `/customer/${id}`, { body: { email: someAddress() } })
  expect(await lax.page.enter(identity)).toBe(id)
})

test('another shop has nothing of it', async () => {
  const own = await startSocialApp()
  const { email } = await makeShopper(own.app)
  const identity = await own.prove('of-both')
  await own.page.link(identity, await own.page.codeFor(email))
  expect(await page.enter(identity)).toBeNull()
  expect((await eventsIn(app)).some(({ data }) => data.email === email)).toBe(false)
})
