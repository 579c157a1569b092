import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { NEW } from '../../support/intention.ts'
import { openMails } from '../../support/mail.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const open = await startTestApp({ settings: { require_email_verification: false } })
const { call } = app
const mails = openMails(app)

const post = async (path: string, body: unknown, token?: string) =>
  call('POST', path, { token: token ?? (await app.storefrontToken()), body })
const codeOf = ({ status, body }: { status: number; body: { code?: string } | null }) => [
  status,
  body?.code,
]
const invalid = [422, 'mail_token_invalid']
const find = async (id: string) => (await call('GET', `/customer/${id}`)).body

/** What all unread mails say, by address. */
const told = async () =>
  Object.fromEntries(
    Object.entries(Object.groupBy(await mails.all(), ({ to }) => to)).map(([to, all = []]) => [
      to,
      all.map(({ subject }) => subject).sort(),
    ]),
  )

const CHANGED = 'Your e-mail address at Test Shop was changed'
const PROVE = 'Confirm the new e-mail address of your account at Test Shop'

/** An account whose owner has proven the address, and who has read all mails. */
async function someone(input = {}): Promise<Shopper> {
  const shopper = await makeShopper(app, input)
  await mails.all()
  return shopper
}
/** An account whose address nobody has proven. */
async function unproven(input: object = { password: PASSWORD }) {
  const email = someAddress()
  const { body } = await call('POST', '/customer', { body: { email, ...input } })
  await mails.all()
  return { id: body.id as string, email }
}
async function moveByStaff(id: string, email = someAddress()) {
  const { status, body } = await call('PATCH', `/customer/${id}`, { body: { email } })
  expect(status, body.code).toBe(200)
  return email
}

describe('staff changes the address of an account', () => {
  test('the new one is asked for its proof, and the old one is warned with a link that undoes it', async () => {
    const shopper = await someone()
    const email = await moveByStaff(shopper.id)
    const [proof, warning] = [await mails.next(email), await mails.next(shopper.email)]
    expect([proof.subject, warning.subject]).toEqual([PROVE, CHANGED])
    expect(proof.link).toMatch(/^https:\/\/shop\.example\/verify-email\?token=/)
    expect(warning.link).toMatch(/^https:\/\/shop\.example\/undo-email\?token=/)
    expect(proof.text).not.toContain('created an account')
    expect(codeOf(await post('/auth/login', { email, password: PASSWORD }))).toEqual([
      403,
      'email_unverified',
    ])
    const { status, body } = await post('/auth/verify-email', {
      token: proof.token,
      password: PASSWORD,
    })
    expect(status).toBe(200)
    expect(body.customer).toMatchObject({ id: shopper.id, email, emailVerified: true })
  })

  test('a typo does not hand the account to the mistyped inbox: the old address takes it back', async () => {
    const shopper = await someone()
    const typo = await moveByStaff(shopper.id)
    const warning = await mails.next(shopper.email)
    await mails.all()
    await post('/auth/password/forgot', { email: typo })
    const { token } = await mails.next(typo)
    expect((await post('/auth/password/reset', { token, password: NEW })).status).toBe(204)
    await mails.all()
    expect((await post('/auth/email/undo', { token: warning.token })).status).toBe(204)
    expect(await find(shopper.id)).toMatchObject({
      email: shopper.email,
      emailVerified: true,
      status: 'active',
    })
    expect(codeOf(await post('/auth/login', { email: typo, password: NEW }))).toEqual([
      401,
      'invalid_credentials',
    ])
    expect(await told()).toEqual({
      [shopper.email]: ['Set a new password for Test Shop'],
      [typo]: ['This e-mail address no longer belongs to your account at Test Shop'],
    })
  })

  test('a link that undoes a change nobody has proven restores verification, and says so', async () => {
    const shopper = await someone()
    const typo = await moveByStaff(shopper.id)
    const { token } = await mails.next(shopper.email)
    await mails.all()
    expect((await post('/auth/email/undo', { token })).status).toBe(204)
    expect(await find(shopper.id)).toMatchObject({ status: 'active', emailVerified: true })
    const [events = []] = await app.db.run([
      sql`select type, data -> 'changed' as changed from event
        where tenant = ${app.tenant} and customer_id = ${shopper.id} order by sequence desc limit 1`,
    ])
    expect(events).toEqual([
      { type: 'customer.updated', changed: ['email', 'emailVerified', 'status'] },
    ])
    expect(await told()).toEqual({ [shopper.email]: ['Set a new password for Test Shop'] })
    expect((await call('POST', '/customer', { body: { email: typo } })).status).toBe(201)
  })

  test('the old address is reserved for three days', async () => {
    const shopper = await someone()
    await moveByStaff(shopper.id)
    const { email } = shopper
    const take = () => call('POST', '/customer', { body: { email } })
    expect(codeOf(await take())).toEqual([409, 'email_taken'])
    app.advance(72 * 3_600_000)
    expect((await take()).status).toBe(201)
  })

  test('a corrected typo tells the mistyped address nothing, leaves it free, and ends its proof', async () => {
    const shopper = await someone()
    const typo = await moveByStaff(shopper.id)
    const proof = await mails.next(typo)
    const right = await moveByStaff(shopper.id)
    expect(await told()).toEqual({ [shopper.email]: [CHANGED], [right]: [PROVE] })
    expect(
      codeOf(await post('/auth/verify-email', { token: proof.token, password: PASSWORD })),
    ).toEqual(invalid)
    expect((await call('POST', '/customer', { body: { email: typo } })).status).toBe(201)
  })

  test('a typo that is corrected before its mail is sent gets none', async () => {
    const shopper = await someone()
    const typo = await moveByStaff(shopper.id)
    await moveByStaff(shopper.id, shopper.email)
    expect(await mails.all(typo)).toEqual([])
  })

  test('an address that somebody has proven is warned at the next change, too', async () => {
    const shopper = await someone()
    const second = await moveByStaff(shopper.id)
    const { token } = await mails.next(second)
    await post('/auth/verify-email', { token, password: PASSWORD })
    await mails.all()
    const third = await moveByStaff(shopper.id)
    expect(await told()).toEqual({ [second]: [CHANGED], [third]: [PROVE] })
  })

  test.each([
    ['without a password', {}],
    ['with a password', { password: PASSWORD }],
  ])(
    'of an account %s that nobody has proven: only the new address gets a mail',
    async (_, input) => {
      const { id, email: old } = await unproven(input)
      const email = await moveByStaff(id)
      const proof = await mails.next(email)
      expect([proof.subject, await told()]).toEqual([PROVE, {}])
      expect((await call('POST', '/customer', { body: { email: old } })).status).toBe(201)
      const claimed = await post('/auth/verify-email', { token: proof.token, password: PASSWORD })
      expect(claimed.status).toBe(200)
    },
  )

  test.each([
    ['by staff', (id: string) => call('POST', `/customer/${id}/verify-email/resend`)],
    ['by the shopper', (_: string, email: string) => post('/auth/verify-email/resend', { email })],
  ])('the mail that is sent again, %s, says so too', async (_, resend) => {
    const shopper = await someone()
    const email = await moveByStaff(shopper.id)
    await mails.all()
    app.advance(60_000)
    await resend(shopper.id, email)
    const { subject, token } = await mails.next(email)
    expect(subject).toBe(PROVE)
    expect((await post('/auth/verify-email', { token, password: PASSWORD })).status).toBe(200)
  })

  test('of a disabled account: the old address is warned, the new one is not asked', async () => {
    const shopper = await someone()
    await call('POST', `/customer/${shopper.id}/disable`)
    await moveByStaff(shopper.id)
    expect(await told()).toEqual({ [shopper.email]: [CHANGED] })
  })

  test('of a guest, who cannot log in: nobody gets a mail', async () => {
    const { body } = await call('POST', '/customer/guest', { body: { email: someAddress() } })
    await moveByStaff(body.id)
    expect(await told()).toEqual({})
  })

  test.each([
    ['to another spelling', (email: string) => ({ email: email.toUpperCase() })],
    ['to what it is', (email: string) => ({ email })],
    ['not at all', () => ({ firstName: 'Jane' })],
  ])('%s: nobody gets a mail, and the account stays open', async (_, change) => {
    const shopper = await someone()
    const { status } = await call('PATCH', `/customer/${shopper.id}`, {
      body: change(shopper.email),
    })
    expect([status, await told()]).toEqual([200, {}])
    await logIn(app, shopper)
  })

  test('to one that is taken: nobody gets a mail', async () => {
    const [one, two] = [await someone(), await someone()]
    const answer = await call('PATCH', `/customer/${one.id}`, { body: { email: two.email } })
    expect([codeOf(answer), await told()]).toEqual([[409, 'email_taken'], {}])
  })

  test('in the language of the account', async () => {
    const shopper = await someone({ locale: 'de-AT' })
    const email = await moveByStaff(shopper.id)
    expect(await told()).toEqual({
      [email]: ['Bestätigen Sie die neue E-Mail-Adresse Ihres Kontos bei Test Shop'],
      [shopper.email]: ['Ihre E-Mail-Adresse bei Test Shop wurde geändert'],
    })
  })
})

describe('a shopper changes an address that was never proven', () => {
  test('it gets no warning and is not reserved', async () => {
    const inbox = openMails(open)
    const [email, next] = [someAddress(), someAddress()]
    await open.call('POST', '/customer', { body: { email, password: PASSWORD } })
    await inbox.all()
    const { accessToken } = await logIn(open, { id: '', email, password: PASSWORD })
    const asked = { email: next, password: PASSWORD }
    await open.call('POST', '/auth/email/change', { token: accessToken, body: asked })
    const { token } = await inbox.next(next)
    const confirmed = await open.call('POST', '/auth/email/confirm', {
      token: accessToken,
      body: { token },
    })
    expect([confirmed.status, await inbox.all()]).toEqual([200, []])
    expect((await open.call('POST', '/customer', { body: { email } })).status).toBe(201)
  })
})

const SET = 'Your account at Test Shop has a password'
const NEWLY = 'Your password for Test Shop was changed'

describe('a change of the password reaches the inbox', () => {
  const links = {
    async reset({ id, email }: { id: string; email: string }) {
      await call('POST', `/customer/${id}/password-reset`)
      const { token } = await mails.next(email)
      return post('/auth/password/reset', { token, password: NEW })
    },
    async verify({ id, email }: { id: string; email: string }, password: string) {
      await call('POST', `/customer/${id}/verify-email/resend`)
      const { token } = await mails.next(email)
      return post('/auth/verify-email', { token, password })
    },
  }

  test('set anew by a link', async () => {
    const shopper = await someone()
    await links.reset(shopper)
    expect(await told()).toEqual({ [shopper.email]: [NEWLY] })
  })

  test('changed in a session', async () => {
    const shopper = await someone()
    const { accessToken } = await logIn(app, shopper)
    const body = { currentPassword: PASSWORD, password: NEW }
    await post('/auth/password/change', body, accessToken)
    expect(await told()).toEqual({ [shopper.email]: [NEWLY] })
  })

  test.each([
    ['by a link to reset', links.reset],
    ['by a link to verify', (of: { id: string; email: string }) => links.verify(of, NEW)],
  ])('chosen for the first time, %s', async (_, choose) => {
    const account = await unproven({})
    expect((await choose(account)).status).toBeLessThan(300)
    expect(await told()).toEqual({ [account.email]: [SET] })
  })

  test('chosen anew after an undo has voided it', async () => {
    const shopper = await someone()
    await moveByStaff(shopper.id)
    await post('/auth/email/undo', { token: (await mails.next(shopper.email)).token })
    const { token } = await mails.next(shopper.email)
    await mails.all()
    await post('/auth/password/reset', { token, password: NEW })
    expect(await told()).toEqual({ [shopper.email]: [SET] })
  })

  test('set by a service for a new account: the mail asks for the proof', async () => {
    const email = someAddress()
    await call('POST', '/customer', { body: { email, password: PASSWORD } })
    expect(await told()).toEqual({ [email]: ['Confirm your e-mail address for Test Shop'] })
  })

  test("replaced by the registration of the inbox's owner", async () => {
    const { email } = await unproven({ password: 'what staff has typed 1' })
    app.advance(60_000)
    await post('/customer', { email, password: PASSWORD })
    const { token } = await mails.next(email)
    expect((await post('/auth/verify-email', { token, password: PASSWORD })).status).toBe(200)
    expect(await told()).toEqual({ [email]: [NEWLY] })
  })

  test('not changed: nobody is told', async () => {
    const account = await unproven()
    await links.verify(account, PASSWORD)
    expect(await told()).toEqual({})
  })
})

describe('a merge of two accounts', () => {
  const merge = async (survivor: string, from: string) =>
    (await call('POST', `/customer/${survivor}/merge`, { body: { from } })).body.id

  test('tells the address that can no longer log in, and its undo tells it that it can again', async () => {
    const [one, two] = [await someone(), await someone()]
    const id = await merge(one.id, two.id)
    expect(await told()).toEqual({
      [two.email]: ['Your account at Test Shop was merged into another one'],
    })
    await call('POST', `/merge/${id}/undo`)
    expect(await told()).toEqual({
      [two.email]: ['You can log in at Test Shop with this e-mail address again'],
    })
    await call('POST', `/merge/${id}/undo`)
    expect(await told()).toEqual({})
    await logIn(app, two)
  })

  test('repeated tells once', async () => {
    const [one, two] = [await someone(), await someone()]
    await merge(one.id, two.id)
    await merge(one.id, two.id)
    expect((await mails.all()).length).toBe(1)
  })

  test('tells no address that was never proven, and no guest', async () => {
    const { id } = await someone()
    await merge(id, (await unproven()).id)
    const guest = await call('POST', '/customer/guest', { body: { email: someAddress() } })
    const merged = await merge(id, guest.body.id)
    await call('POST', `/merge/${merged}/undo`)
    expect(await told()).toEqual({})
  })
})
