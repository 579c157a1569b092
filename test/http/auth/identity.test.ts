import { describe, expect, test } from 'vitest'
import { CALLBACK } from '../../support/app.ts'
import { challengeOf, exchange, makeVerifier } from '../../support/code.ts'
import { startHanzoApp } from '../../support/hanzo.ts'
import { linkSomething } from '../../support/identity.ts'
import { browserAt, requestOf } from '../../support/login-page.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { ageProofs, logIn, makeShopper } from '../../support/shopper.ts'
import { startSocialApp } from '../../support/upstream.ts'

const shop = await startSocialApp()
const { app, page, server, prove } = shop
const { call, tenant, wire } = app
const { mails } = page

const PATH = '/auth/identity'
let people = 0

/** A shopper who is logged in, and nothing unread. */
async function makeVisitor(input: Readonly<Record<string, unknown>> = {}) {
  const shopper = await makeShopper(app, input)
  const { accessToken } = await logIn(app, shopper)
  await mails.all()
  return { ...shopper, token: accessToken as string }
}
/** Links an identity that nobody had before, as its owner does. */
async function link({ email }: { readonly email: string }) {
  const identity = await prove(`visitor-${++people}`)
  await page.link(identity, await page.codeFor(email))
  await mails.all(email)
  return identity
}
/** A login at the provider, by whom it knows, as far as the page goes then. */
async function arrive() {
  const verifier = makeVerifier()
  const browser = browserAt(app)
  const opened = await browser.open(requestOf(app, { code_challenge: challengeOf(verifier) }))
  const sent = await browser.send(opened, { way: null, provider: 'social' })
  const { url, parameters } = server.visit(sent.headers.get('Location') ?? '')
  const seen = await browser.follow(`${url}?${parameters}`)
  const code = seen.answer.code ?? ''
  return { seen, given: { code, verifier, redirectUri: CALLBACK, client: `${tenant}-storefront` } }
}
const list = async (token: string) => (await call('GET', PATH, { token })).body
const remove = async (token: string, id: string) => {
  const { status, body } = await call('DELETE', `${PATH}/${id}`, { token })
  return [status, body?.code]
}
const unlinked = async (id: string) => {
  const { body } = await call('GET', `/customer/${id}/event`)
  return body.data
    .filter(({ type }: { type: string }) => type === 'customer.login_unlinked')
    .map(({ data }: { data: unknown }) => data)
}

describe('the list', () => {
  test('has the own logins, the oldest first, and nothing of the account at the provider', async () => {
    const visitor = await makeVisitor()
    const made = [await link(visitor)]
    for (let count = 0; count < 3; count++) {
      app.advance(60_000)
      made.push(await link(visitor))
    }
    app.advance(60_000)
    const [first] = made
    expect(first && (await page.enter(first))).toBe(visitor.id)
    const { data, pagination } = await list(visitor.token)
    expect(data.map(({ id }: { id: string }) => id)).toEqual(made.map(({ identity }) => identity))
    expect(pagination).toEqual({ limit: 10, hasMore: false, nextCursor: null })
    expect(data[1]).toEqual({
      id: expect.stringMatching(/^[\w-]{43}$/),
      provider: 'social',
      createdAt: data[1].lastUsedAt,
      lastUsedAt: expect.any(String),
    })
    const [{ createdAt, lastUsedAt }] = data
    expect(Date.parse(lastUsedAt) - Date.parse(createdAt)).toBeGreaterThanOrEqual(4 * 60_000)
    expect(JSON.stringify(data)).not.toMatch(/visitor-|@/)
  })

  test('is empty without one, and has none of somebody else', async () => {
    const [one, two] = [await makeVisitor(), await makeVisitor()]
    const theirs = await link(two)
    expect((await list(one.token)).data).toEqual([])
    expect(await remove(one.token, theirs.identity)).toEqual([404, 'identity_not_found'])
    expect((await list(two.token)).data).toHaveLength(1)
    expect(await unlinked(two.id)).toEqual([])
    expect(await mails.all(two.email)).toEqual([])
  })

  test('of a survivor has nothing of the account that was merged into it', async () => {
    const [survivor, merged] = [await makeVisitor(), await makeVisitor()]
    const identity = await link(merged)
    await call('POST', `/customer/${survivor.id}/merge`, { body: { from: merged.id } })
    expect((await list(survivor.token)).data).toEqual([])
    expect(await remove(survivor.token, identity.identity)).toEqual([404, 'identity_not_found'])
  })

  test('and a removal cost a round trip each', async () => {
    const visitor = await makeVisitor()
    const { identity } = await link(visitor)
    wire.reset()
    await list(visitor.token)
    expect(wire.count().trips).toBe(1)
    wire.reset()
    expect(await remove(visitor.token, identity)).toEqual([204, undefined])
    expect(wire.count().trips).toBe(1)
  })
})

describe('a login at a provider that its owner removes', () => {
  test('is told on the timeline and by a mail, once, and sessions go on', async () => {
    const visitor = await makeVisitor()
    const [gone, stays] = [await link(visitor), await link(visitor)]
    expect(await remove(visitor.token, gone.identity)).toEqual([204, undefined])
    expect(await remove(visitor.token, gone.identity)).toEqual([404, 'identity_not_found'])
    expect((await list(visitor.token)).data).toMatchObject([{ id: stays.identity }])
    expect(await unlinked(visitor.id)).toMatchObject([
      { customerId: visitor.id, provider: 'social' },
    ])
    const [mail, ...others] = await mails.all(visitor.email)
    expect([mail?.subject, mail?.link, others]).toEqual([
      'A login with Social was removed from your account at Test Shop',
      '',
      [],
    ])
  })

  test('is mailed in the language of the owner', async () => {
    const visitor = await makeVisitor({ locale: 'de-AT' })
    await remove(visitor.token, (await link(visitor)).identity)
    expect((await mails.next(visitor.email)).subject).toBe(
      'Eine Anmeldung mit Social wurde von Ihrem Konto bei Test Shop entfernt',
    )
  })

  test('is not mailed to an address that nobody has proven', async () => {
    const lax = await startSocialApp({ settings: { require_email_verification: false } })
    const shopper = await makeShopper(lax.app)
    const id = await linkSomething(lax.app, shopper.id)
    const email = `new-${shopper.email}`
    await lax.app.call('PATCH', `/customer/${shopper.id}`, { body: { email } })
    const { accessToken: token } = await logIn(lax.app, { ...shopper, email })
    await lax.page.mails.all()
    expect((await lax.app.call('DELETE', `${PATH}/${id}`, { token })).status).toBe(204)
    expect(await lax.page.mails.all()).toEqual([])
  })

  test('opens nothing: the page asks for a code of a mail, which links it anew', async () => {
    const visitor = await makeVisitor()
    const identity = await link(visitor)
    const before = await arrive()
    expect(before.seen.status).toBe(303)
    const { body } = await exchange(app, before.given)
    await remove(visitor.token, identity.identity)
    const { seen } = await arrive()
    expect([seen.status, seen.to, seen.html.includes('to connect Social')]).toEqual([
      200,
      null,
      true,
    ])
    expect(await page.enter(identity)).toBeNull()
    // The session that it has opened goes on.
    expect((await list(body.access_token)).data).toEqual([])
    expect(await page.link(identity, await page.codeFor(visitor.email))).toBe(visitor.id)
    expect(await page.enter(identity)).toBe(visitor.id)
    expect((await list(visitor.token)).data).toMatchObject([{ id: identity.identity }])
  })

  test('of two removals at once one finds it', async () => {
    const visitor = await makeVisitor()
    const { identity } = await link(visitor)
    const done = await Promise.all([1, 2].map(() => remove(visitor.token, identity)))
    expect(done.toSorted()).toEqual([
      [204, undefined],
      [404, 'identity_not_found'],
    ])
    expect(await unlinked(visitor.id)).toHaveLength(1)
    expect(await mails.all(visitor.email)).toHaveLength(1)
  })

  test('waits for a change of the account, and finds what that left', async () => {
    const visitor = await makeVisitor()
    const { identity } = await link(visitor)
    const answer = await meanwhile(
      `with locked as (select from customer where tenant = $1 and id = $2 for no key update)
        delete from linked_identity where tenant = $1 and customer_id = $2 and (select count(*) from locked) > 0`,
      [tenant, visitor.id],
      () => remove(visitor.token, identity),
    )
    expect(answer).toEqual([404, 'identity_not_found'])
  })
})

describe('a removal is refused', () => {
  test('without a fresh proof, and the list is not', async () => {
    const visitor = await makeVisitor()
    const { identity } = await link(visitor)
    await ageProofs(app, visitor.id)
    expect(await remove(visitor.token, identity)).toEqual([403, 'fresh_proof_required'])
    expect(await remove(visitor.token, 'unknown')).toEqual([403, 'fresh_proof_required'])
    expect((await list(visitor.token)).data).toHaveLength(1)
  })

  test('in a session that a service has opened', async () => {
    const visitor = await makeVisitor()
    const { identity } = await link(visitor)
    const token = await app.shopperToken(visitor.id)
    expect(await remove(token, identity)).toEqual([403, 'fresh_proof_required'])
  })

  test.each(['x', 'A'.repeat(43), 'A'.repeat(5000), '%00', '%E0%A4%A'])(
    'for %s, which is none',
    async (id) => {
      const visitor = await makeVisitor()
      await link(visitor)
      expect((await remove(visitor.token, id))[0]).toBeOneOf([400, 404])
      expect((await list(visitor.token)).data).toHaveLength(1)
    },
  )

  test('when the account is disabled', async () => {
    const visitor = await makeVisitor()
    const { identity } = await link(visitor)
    await call('POST', `/customer/${visitor.id}/disable`)
    expect(await remove(visitor.token, identity)).toEqual([401, 'invalid_token'])
  })
})

test('where Hanzo ID has the passwords, its login is not in the list', async () => {
  const hanzo = await startHanzoApp()
  const { session } = await hanzo.makeShopper()
  const { body } = await hanzo.ask('GET', PATH, undefined, session.accessToken)
  expect(body.data).toEqual([])
})
