import { describe, expect, test } from 'vitest'
import { type MailTokenPurpose, mailTokenPurposes } from '../../../src/db/schema/mail.ts'
import { startTestApp } from '../../support/app.ts'
import { type Intending, intentionsIn, NEW } from '../../support/intention.ts'
import { openMails } from '../../support/mail.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)
const { post, move, intend, intendUnsent, opening, pending } = intentionsIn(app, mails)

type Done = {
  /** The present password; null: the account has none any more. */
  readonly password: string | null
  readonly email?: string
  /** Nobody can log in until the address is proven. */
  readonly isUnverified?: true
  readonly isDeleted?: true
}
type Act = (of: Intending) => Promise<Done>

const ok = async (answer: ReturnType<typeof call>, ...statuses: number[]) => {
  const { status, body, text } = await answer
  expect([200, 201, 202, 204, ...statuses], text).toContain(status)
  return body
}
const mine = ({ session }: Intending) => ({ token: session.accessToken })
const same = { password: PASSWORD }
/** Another account, which staff merges with this one. */
const other = async () => (await makeShopper(app)).id
const sessionIdOf = async (token: string) => {
  const { body } = await call('GET', '/auth/session', { token })
  return body.data.find(({ current }: { current: boolean }) => current).id
}

/** Every act by which an account changes hands, or by which its owner or staff throws others out. */
const acts: Readonly<Record<string, Act>> = {
  async 'a reset of the password'({ links }) {
    await ok(post('/auth/password/reset', { token: links.reset, password: NEW }))
    return { password: NEW }
  },
  async 'a change of the password'(it) {
    const body = { currentPassword: PASSWORD, password: NEW }
    await ok(call('POST', '/auth/password/change', { ...mine(it), body }))
    return { password: NEW }
  },
  async 'a claim by verification'({ links }) {
    await ok(post('/auth/verify-email', { token: links.verify, password: PASSWORD }))
    return same
  },
  async 'a claim by a code'({ id, links }) {
    await app.db.run([
      sql`update customer set email_verified_at = null, claimed_at = null where tenant = ${app.tenant} and id = ${id}`,
    ])
    await ok(post('/auth/code/verify', JSON.parse(links.login_code)))
    return { password: null }
  },
  async 'a claim by verification in a session'({ links, session }) {
    await ok(post('/auth/verify-email', { token: links.verify }, session.accessToken))
    return same
  },
  async 'a change of the address'({ shopper }) {
    const { email } = (await move(shopper)).shopper
    return { ...same, email }
  },
  async 'a change of the address to another spelling'({ shopper, session }) {
    const email = shopper.email.toUpperCase()
    app.advance(60_000)
    await ok(post('/auth/email/change', { email, password: PASSWORD }, session.accessToken))
    const { token } = await mails.next(email)
    await ok(post('/auth/email/confirm', { token, password: PASSWORD }))
    return same
  },
  async 'a change of the address by staff, and back'({ id, shopper }) {
    for (const email of [someAddress(), shopper.email]) {
      await ok(call('PATCH', `/customer/${id}`, { body: { email } }))
    }
    return { ...same, isUnverified: true }
  },
  async 'a log-out everywhere'(it) {
    await ok(call('DELETE', '/auth/session', mine(it)))
    return same
  },
  async "the end of a thief's session by the owner"(it) {
    const session = await sessionIdOf(it.thief.accessToken)
    await ok(call('DELETE', `/auth/session/${session}`, mine(it)))
    return same
  },
  async "staff's end of all sessions"({ id }) {
    await ok(call('DELETE', `/customer/${id}/session`))
    return same
  },
  async "staff's end of a session"({ id, thief }) {
    const session = await sessionIdOf(thief.accessToken)
    await ok(call('DELETE', `/customer/${id}/session/${session}`))
    return same
  },
  async 'an account disabled and enabled'({ id }) {
    await ok(call('POST', `/customer/${id}/disable`))
    await ok(call('POST', `/customer/${id}/enable`))
    return same
  },
  async 'a merge that the account survives'({ id }) {
    await ok(call('POST', `/customer/${id}/merge`, { body: { from: await other() } }))
    return same
  },
  async 'a merge into another account'({ id }) {
    await ok(call('POST', `/customer/${await other()}/merge`, { body: { from: id } }))
    return { password: null }
  },
  async 'a merge into another account, undone'({ id }) {
    const merge = await ok(call('POST', `/customer/${await other()}/merge`, { body: { from: id } }))
    await ok(call('POST', `/merge/${merge.id}/undo`))
    return same
  },
  async 'the erasure'({ id }) {
    await app.db.run([
      sql`update customer set status = 'erased', password_hash = null where tenant = ${app.tenant} and id = ${id}`,
    ])
    return { password: null, isDeleted: true }
  },
  async 'the deletion'({ id }) {
    await ok(call('DELETE', `/customer/${id}`))
    return { password: null, isDeleted: true }
  },
}

/** What becomes of a link of each purpose. */
const fates: Readonly<Record<MailTokenPurpose, 'dies' | 'lives'>> = {
  verify: 'dies',
  reset: 'dies',
  invite: 'dies',
  confirm: 'dies',
  consent: 'dies',
  login_code: 'dies',
  login_link: 'dies',
  // Its reader may be the one whose account was taken.
  undo: 'lives',
}

const open = async (purpose: MailTokenPurpose, { links, shopper }: Intending, done: Done) => {
  const { password, email = shopper.email, isUnverified } = done
  const isOpen = password !== null && !isUnverified
  const session = isOpen ? await logIn(app, { ...shopper, email, password }) : undefined
  const by = { password: password ?? PASSWORD, token: session?.accessToken }
  const { status, body } = await opening[purpose](links[purpose], by)
  return status < 300 ? status : body.code
}

describe.each(Object.entries(acts))('%s ends what was pending', (_, act) => {
  test('links of every purpose but the one that undoes, and the change that waits', async () => {
    const it = await intend()
    const before = await pending(it)
    expect(before).toMatchObject({
      links: ['confirm', 'consent', 'invite', 'login_code', 'login_link', 'reset', 'verify'],
      changes: 1,
    })
    const done = await act(it)
    const after = await pending(it)
    // The act may mail a link of its own.
    expect([after.ids.filter((id) => before.ids.includes(id)), after.changes]).toEqual([[], 0])
    for (const purpose of mailTokenPurposes) {
      const isAlive = fates[purpose] === 'lives' && !done.isDeleted
      // The password of an account that has none is wrong; this is judged before the link.
      const refused =
        /^login/.test(purpose) || (purpose === 'confirm' && done.password === null)
          ? 'invalid_credentials'
          : 'mail_token_invalid'
      expect([purpose, await open(purpose, it, done)]).toEqual([purpose, isAlive ? 204 : refused])
    }
  })
})

/** The acts that need no link of a mail, for mails that are not sent yet. */
const withoutLink = Object.entries(acts).filter(
  ([name]) => !/^a (reset|claim|change of the address( to another spelling)?$)/.test(name),
)

test.each(withoutLink)('%s leaves no mail with a pending link to be sent', async (_, act) => {
  const it = await intendUnsent()
  const { ids } = await pending(it)
  await act(it)
  const sent = (await mails.all()).map(({ token }) => token.split('.')[1])
  expect(ids.filter((id) => sent.includes(id))).toEqual([])
})

/** What an owner does every day throws nobody out. */
const daily: Readonly<Record<string, (it: Intending) => Promise<unknown>>> = {
  'a log-in': ({ shopper }) => logIn(app, shopper),
  'a refresh': ({ session }) =>
    ok(
      call('POST', '/auth/refresh', { token: null, body: { refreshToken: session.refreshToken } }),
    ),
  'a log-out': (it) => ok(call('POST', '/auth/logout', mine(it))),
  'the end of the own session': async (it) =>
    ok(call('DELETE', `/auth/session/${await sessionIdOf(it.session.accessToken)}`, mine(it))),
  'the end of a session that is not there': async (it) =>
    ok(call('DELETE', `/auth/session/${await sessionIdOf(await someoneElse())}`, mine(it)), 404),
  'a change of the profile': (it) =>
    ok(call('PATCH', '/customer/me', { ...mine(it), body: { firstName: 'Jane' } })),
  'another spelling of the address by staff': ({ id, shopper }) =>
    ok(call('PATCH', `/customer/${id}`, { body: { email: shopper.email.toLowerCase() } })),
  'a merge of a guest': async ({ id, shopper }) => {
    const { body } = await call('POST', '/customer/guest', { body: { email: shopper.email } })
    await ok(call('POST', `/customer/${id}/merge`, { body: { from: body.id } }))
  },
}
const someoneElse = async () => (await logIn(app, await makeShopper(app))).accessToken

test.each(Object.entries(daily))('%s leaves what is pending', async (_, act) => {
  const it = await intendUnsent()
  await act(it)
  expect(await pending(it)).toMatchObject({
    links: ['confirm', 'consent', 'invite', 'login_code', 'login_link', 'reset', 'verify'],
    changes: 1,
  })
})

describe('the link that undoes a change of the address', () => {
  test('outlives the undo of a later change, and restores the older address', async () => {
    const shopper = await makeShopper(app)
    const first = await move(shopper)
    const second = await move(first.shopper)
    expect((await post('/auth/email/undo', { token: second.undo })).status).toBe(204)
    expect((await call('GET', `/customer/${shopper.id}`)).body.email).toBe(first.shopper.email)
    expect((await post('/auth/email/undo', { token: first.undo })).status).toBe(204)
    expect((await call('GET', `/customer/${shopper.id}`)).body.email).toBe(shopper.email)
  })

  test('takes an account back out of another one into which staff has merged it', async () => {
    const it = await intend()
    const survivor = await other()
    await ok(call('POST', `/customer/${survivor}/merge`, { body: { from: it.id } }))
    expect((await post('/auth/email/undo', { token: it.links.undo })).status).toBe(204)
    const { body } = await call('GET', `/customer/${it.id}`)
    expect(body).toMatchObject({ id: it.id, status: 'active', emailVerified: true })
    expect(body.email).not.toBe(it.shopper.email)
    expect(body.mergedFrom).toBeUndefined()
    const { token } = await mails.next(body.email)
    expect((await post('/auth/password/reset', { token, password: NEW })).status).toBe(204)
    await logIn(app, { ...it.shopper, email: body.email, password: NEW })
  })

  test('ends when it is used, and when its three days are over', async () => {
    const { undo, shopper } = await move(await makeShopper(app))
    app.advance(72 * 3_600_000)
    const { body } = await post('/auth/email/undo', { token: undo })
    expect(body.code).toBe('mail_token_invalid')
    expect((await call('GET', `/customer/${shopper.id}`)).body.email).toBe(shopper.email)
  })
})

test.each([
  [
    'a log-out everywhere',
    async (shopper: Shopper) => {
      const { accessToken: token } = await logIn(app, shopper)
      return () => call('DELETE', '/auth/session', { token })
    },
  ],
  [
    "staff's end of all sessions",
    async ({ id }: Shopper) =>
      () =>
        call('DELETE', `/customer/${id}/session`),
  ],
])('%s waits for a change that is being asked for, and ends it', async (_, make) => {
  const shopper = await makeShopper(app)
  const end = await make(shopper)
  const answer = await meanwhile(
    `with locked as (select * from customer where tenant = $1 and id = $2 for no key update)
      insert into email_change (tenant, id, customer_id, old_email, old_email_key, new_email, new_email_key, created_at)
      select tenant, replace(id, 'cust', 'chg'), id, email, email_key, 'x@example.com', 'x@example.com', now() from locked`,
    [app.tenant, shopper.id],
    end,
  )
  expect([answer.status, (await pending({ id: shopper.id, shopper })).changes]).toEqual([204, 0])
})

test('a change that is asked for while its session ends is not asked for', async () => {
  const shopper: Shopper = await makeShopper(app)
  const { accessToken } = await logIn(app, shopper)
  const answer = await meanwhile(
    `with locked as (select from customer where tenant = $1 and id = $2 for no key update)
      delete from session where tenant = $1 and customer_id = $2 and (select count(*) from locked) > 0`,
    [app.tenant, shopper.id],
    () => post('/auth/email/change', { email: someAddress(), password: PASSWORD }, accessToken),
  )
  expect([answer.status, answer.body.code]).toEqual([401, 'invalid_token'])
  expect(await pending({ id: shopper.id, shopper })).toMatchObject({ changes: 0 })
})
