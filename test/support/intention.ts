import { expect } from 'vitest'
import type { MailTokenPurpose } from '../../src/db/schema/mail.ts'
import type { TestApp } from './app.ts'
import type { openMails } from './mail.ts'
import { logIn, makeShopper, type Shopper, someAddress } from './shopper.ts'
import { sql } from './sql.ts'

export const NEW = 'another quiet river 43'
const MINUTE = 60_000

/** An account with everything that can be pending: a link of each purpose in a mail, and a change of the address that waits. */
export type Intending = {
  readonly id: string
  readonly shopper: Shopper
  /** A session of somebody who is not the owner. */
  readonly thief: { readonly accessToken: string }
  readonly session: { readonly accessToken: string; readonly refreshToken: string }
  readonly links: Readonly<Record<MailTokenPurpose, string>>
}

type Mails = ReturnType<typeof openMails>

export function intentionsIn(app: TestApp, mails: Mails) {
  const { call, tenant, db } = app
  const post = async (path: string, body: unknown, token?: string) =>
    call('POST', path, { token: token ?? (await app.storefrontToken()), body })

  /** Moves the account; answers with the link by which the old address undoes it. */
  async function move(shopper: Shopper): Promise<{ shopper: Shopper; undo: string }> {
    app.advance(MINUTE)
    const email = someAddress()
    const { accessToken } = await logIn(app, shopper)
    await post('/auth/email/change', { email, password: shopper.password }, accessToken)
    const { token } = await mails.next(email)
    await mails.all(shopper.email)
    const moved = await post('/auth/email/confirm', { token, password: shopper.password })
    expect(moved.status).toBe(200)
    return { shopper: { ...shopper, email }, undo: (await mails.next(shopper.email)).token }
  }

  const status = (id: string, to: string) =>
    db.run([sql`update customer set status = ${to} where tenant = ${tenant} and id = ${id}`])

  /** How somebody comes to have a pending link of each purpose; it is in the newest mail to the address. */
  const asking: Readonly<
    Record<Exclude<MailTokenPurpose, 'undo'>, (of: Asker) => Promise<string>>
  > = {
    async verify({ shopper }) {
      // An account has such a link until it is verified; this one keeps it.
      await status(shopper.id, 'unverified')
      await db.run([
        sql`update customer set email_verified_at = null where tenant = ${tenant} and id = ${shopper.id}`,
      ])
      await call('POST', `/customer/${shopper.id}/verify-email/resend`)
      await db.run([
        sql`update customer set status = 'active', email_verified_at = created_at
          where tenant = ${tenant} and id = ${shopper.id}`,
      ])
      return shopper.email
    },
    async invite({ shopper }) {
      await status(shopper.id, 'unverified')
      await call('POST', `/customer/${shopper.id}/invite`)
      await status(shopper.id, 'active')
      return shopper.email
    },
    async reset({ shopper }) {
      app.advance(MINUTE)
      await post('/auth/password/forgot', { email: shopper.email })
      return shopper.email
    },
    async confirm({ shopper, accessToken }) {
      const email = someAddress()
      const asked = await post(
        '/auth/email/change',
        { email, password: shopper.password },
        accessToken,
      )
      expect(asked.status).toBe(202)
      return email
    },
    async consent({ shopper, accessToken }) {
      const { status } = await call('PUT', '/customer/me/consent/marketing', {
        token: accessToken,
        body: { state: 'granted' },
      })
      expect(status).toBe(200)
      return shopper.email
    },
    async login_code({ shopper: { email } }) {
      const { body } = await post('/auth/code', { email })
      handles.set(email, body.handle)
      return email
    },
    async login_link(asker) {
      // After many wrong codes, the mail has a link.
      const key = app.runtime.keyring.mac('address', `codes ${asker.shopper.email.toLowerCase()}`)
      await db.run([
        sql`insert into failure (tenant, key, count, last_at, blocked_until)
          values (${tenant}, ${key}, 20, ${app.runtime.now().toISOString()}, '-infinity')`,
      ])
      return asking.login_code(asker)
    },
  }
  const handles = new Map<string, string>()
  type Asker = { readonly shopper: Shopper; readonly accessToken: string }

  const enter = async (shopper: Shopper) => ({
    id: shopper.id,
    shopper,
    thief: await logIn(app, shopper),
    session: await logIn(app, shopper),
  })

  async function intend(): Promise<Intending> {
    const { shopper, undo } = await move(await makeShopper(app))
    const entered = await enter(shopper)
    const { thief } = entered
    const asker = { shopper, accessToken: thief.accessToken }
    await mails.all()
    const linkOf = async (purpose: Exclude<MailTokenPurpose, 'undo'>) =>
      (await mails.next(await asking[purpose](asker))).token
    const codeOf = async (purpose: 'login_code' | 'login_link') => {
      const email = await asking[purpose](asker)
      const { code, token } = await mails.next(email)
      return JSON.stringify({ email, handle: handles.get(email), code: code || token })
    }
    const links = {
      undo,
      verify: await linkOf('verify'),
      invite: await linkOf('invite'),
      reset: await linkOf('reset'),
      confirm: await linkOf('confirm'),
      consent: await linkOf('consent'),
      login_code: await codeOf('login_code'),
      login_link: await codeOf('login_link'),
    } satisfies Record<MailTokenPurpose, string>
    return { ...entered, links }
  }

  /** The same, but no mail is sent yet: all wait in the outbox, and nobody knows the links. There is no change to undo. */
  async function intendUnsent(): Promise<Intending> {
    const shopper = await makeShopper(app)
    const entered = await enter(shopper)
    await mails.all()
    app.advance(MINUTE)
    for (const ask of Object.values(asking)) {
      await ask({ shopper, accessToken: entered.thief.accessToken })
    }
    return {
      ...entered,
      links: {
        undo: '',
        verify: '',
        invite: '',
        reset: '',
        confirm: '',
        consent: '',
        login_code: '',
        login_link: '',
      },
    }
  }

  type Opener = { readonly password: string; readonly token?: string | undefined }

  /** Opens a link of each purpose, with all that its route may ask for. */
  const opening: Readonly<
    Record<MailTokenPurpose, (link: string, by: Opener) => ReturnType<typeof post>>
  > = {
    verify: (token, { password }) => post('/auth/verify-email', { token, password }),
    reset: (token) => post('/auth/password/reset', { token, password: `${NEW} again` }),
    invite: (token) => post('/auth/password/reset', { token, password: `${NEW} again` }),
    confirm: (token, { password, token: bearer }) =>
      post('/auth/email/confirm', bearer ? { token } : { token, password }, bearer),
    undo: (token) => post('/auth/email/undo', { token }),
    consent: (token) => post('/consent/confirm', { token }),
    login_code: (typed) => post('/auth/code/verify', JSON.parse(typed)),
    login_link: (typed) => post('/auth/code/verify', JSON.parse(typed)),
  }

  /** The rows that are pending: links, but those that undo a change, and changes that wait. */
  async function pending({ id, shopper: { email } }: Pick<Intending, 'id' | 'shopper'>) {
    const [links = [], changes = []] = await db.run([
      sql`select id, purpose from mail_token where tenant = ${tenant} and purpose <> 'undo'
        and (subject = ${id} or (purpose like 'login%' and email_key = ${email.toLowerCase()})) order by purpose`,
      sql`select id from email_change where tenant = ${tenant} and customer_id = ${id} and confirmed_at is null`,
    ])
    return {
      ids: links.map((link) => String(link.id)),
      links: links.map(({ purpose }) => purpose),
      changes: changes.length,
    }
  }

  return { post, move, intend, intendUnsent, opening, pending }
}
