import { CALLBACK, type TestApp } from '../app.ts'
import { PASSWORD, startHanzoApp } from '../hanzo.ts'
import { someAddress } from '../shopper.ts'
import { sql } from '../sql.ts'
import type { ExtraCall } from './call.ts'

type Settings = Readonly<Record<string, unknown>>

/** A shop whose people are at Hanzo ID, over the same database. */
async function startShop(settings: Settings, ...[app, others]: Parameters<ExtraCall>) {
  const database = app.wire.connectionString
  const shop = await startHanzoApp({ database, frozen: true, sessions: 1, settings })
  others.push(shop.app)
  const answers: unknown[] = []
  /** What is asked comes after what was asked before. */
  const note = async (asked: () => Promise<{ status: number; body: unknown }>) => {
    shop.advance(1000)
    const { status, body } = await asked()
    answers.push([status, body])
    return body
  }
  /** Does what a trigger left, which only cron finds. */
  const end = async () => {
    await shop.cron()
    await shop.drain()
    return answers
  }
  return { ...shop, note, end }
}

/** Registers, is changed by staff, and goes on with the session and new passwords. */
const ownTokens: ExtraCall = async (...given) => {
  const shop = await startShop({}, ...given)
  const { ask, call, inbox, note, me, makeShopper, advance, db, tenant } = shop
  const { id, email, session } = await makeShopper()
  await note(() => me(session.accessToken))
  const body = { email: someAddress(), password: PASSWORD }
  await note(() => call('POST', '/customer', { body }))
  const refresh = (refreshToken: string) =>
    note(() => ask('POST', '/auth/refresh', { refreshToken }))
  shop.hanzo.state.fault = { path: '/', how: 'cut' }
  await refresh(session.refreshToken)
  shop.hanzo.state.fault = null
  await refresh(session.refreshToken)
  advance(61_000)
  await note(() => ask('POST', '/auth/password/forgot', { email }))
  const { token } = await inbox.next(email)
  await note(() => ask('POST', '/auth/password/reset', { token, password: 'herownriver44' }))
  await note(() => shop.logIn(email, 'herownriver44'))
  const again = await shop.logIn(email, 'herownriver44')
  await db.run([
    sql`update session set provider_refresh = 'unreadable' where tenant = ${tenant} and customer_id = ${id}`,
  ])
  await refresh(again.body.refreshToken)
  await note(() => call('POST', `/customer/${id}/disable`))
  await note(() => exchangeNothing(shop.app))
  return shop.end()
}

/** A client shows an authorization code that nobody gave. */
async function exchangeNothing(app: TestApp) {
  const response = await app.request('/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: `${app.tenant}-storefront`,
      code: 'ac_made-up',
      redirect_uri: CALLBACK,
      code_verifier: 'v'.repeat(43),
    }),
  })
  return { status: response.status, body: null }
}

/** Moves to another address by a session, which the provider renews. */
const byLink: ExtraCall = async (...given) => {
  const { ask, inbox, note, makeShopper, end } = await startShop({}, ...given)
  const { session } = await makeShopper()
  const email = someAddress()
  const change = { email, password: PASSWORD }
  await note(() => ask('POST', '/auth/email/change', change, session.accessToken))
  const { token } = await inbox.next(email)
  await note(() => ask('POST', '/auth/email/confirm', { token }, session.accessToken))
  return end()
}

/** Comes with a token that the provider issued elsewhere. */
const directTokens: ExtraCall = async (...given) => {
  const shop = await startShop({ hanzo_direct_tokens: true }, ...given)
  const { email } = await shop.makeShopper()
  const user = shop.hanzo.userOf(email)
  if (user === undefined) throw new Error('no user')
  const token = await shop.hanzo.accessToken(user)
  await shop.note(() => shop.me(token))
  return shop.end()
}

export const hanzoCalls: readonly ExtraCall[] = [ownTokens, byLink, directTokens]
