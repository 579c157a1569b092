import { makePasswordHasher } from '../../../src/core/identity/password-hasher.ts'
import { codesIn } from '../login-code.ts'
import { openMails } from '../mail.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../shopper.ts'
import { sql } from '../sql.ts'
import { street } from '../street.ts'
import { type ExtraCall, succeed } from './call.ts'

/** A password that was hashed with less than today is hashed anew by the next login. */
const weakHash: ExtraCall = async (app) => {
  const shopper = await makeShopper(app)
  const weak = await makePasswordHasher({ ln: 3, r: 8, p: 1 }).hash(PASSWORD)
  await app.db.run([
    sql`update customer set password_hash = ${weak} where tenant = ${app.tenant} and id = ${shopper.id}`,
  ])
  await logIn(app, shopper)
}

/** The session of who is logged in stands for the password. */
const confirmedBySession: ExtraCall = async (app) => {
  const mails = openMails(app)
  const { accessToken: token } = await logIn(app, await makeShopper(app))
  const email = someAddress()
  await mails.all()
  await succeed(app, 'POST', '/auth/email/change', { token, body: { email, password: PASSWORD } })
  const link = (await mails.next(email)).token
  await succeed(app, 'POST', '/auth/email/confirm', { token, body: { token: link } })
}

/** A registration that waits for its proof becomes an account by a code. */
const registeredByCode: ExtraCall = async (app) => {
  const { codeFor, verify } = codesIn(app)
  const email = someAddress()
  const token = await app.storefrontToken()
  await succeed(app, 'POST', '/customer', { token, body: { email, password: PASSWORD } })
  const { status } = await verify(await codeFor(email))
  return status
}

/** An account that a service made, and nobody has proven, is claimed by a code. */
const claimedByCode: ExtraCall = async (app) => {
  const { codeFor, verify } = codesIn(app)
  const email = someAddress()
  await succeed(app, 'POST', '/customer', { body: { email, password: PASSWORD } })
  const { status } = await verify(await codeFor(email))
  return status
}

/** A spent refresh token comes back too late: the session ends, and its owner is told. */
const spentToken: ExtraCall = async (app) => {
  const { refreshToken } = await logIn(app, await makeShopper(app))
  const request = { token: null, body: { refreshToken } }
  await succeed(app, 'POST', '/auth/refresh', request)
  app.advance(11_000)
  await app.call('POST', '/auth/refresh', request)
}

/** A client's token ends, and nothing else does. */
const revoked: ExtraCall = async (app) => {
  const token = await app.tokenWith('customer:read')
  const client = { client_id: `${app.tenant}-service`, client_secret: 'secret' }
  await app.request('/oauth/revoke', {
    method: 'POST',
    body: new URLSearchParams({ ...client, token }),
  })
  const answers = []
  for (const path of ['/customer?limit=1', '/customer/me', '/group?count=exact']) {
    const { status } = await app.call('GET', path, { token })
    answers.push([status, (await app.call('GET', path)).status])
  }
  return answers
}

/** A client shows secrets that are not its own. */
const wrongSecrets: ExtraCall = async (app) => {
  const statuses = []
  for (let n = 0; n < 22; n++) {
    const { status } = await app.request('/oauth/token', {
      method: 'POST',
      headers: { 'CF-Connecting-IP': '203.0.113.7' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: `${app.tenant}-service`,
        client_secret: `wrong ${n}`,
      }),
    })
    statuses.push(status)
  }
  return statuses
}

/** Strangers check out in a storefront: with an address and without, of a guest and of nobody. */
const checkedOut: ExtraCall = async (app) => {
  const token = await app.storefrontToken()
  const asked = [
    { email: 'bare@example.com' },
    { email: 'housed@example.com', address: street('1 Checkout St') },
  ]
  for (const body of [...asked, ...asked]) {
    await succeed(app, 'POST', '/customer/guest', { token, body })
  }
}

export const accountCalls: readonly ExtraCall[] = [
  weakHash,
  confirmedBySession,
  registeredByCode,
  claimedByCode,
  spentToken,
  revoked,
  wrongSecrets,
  checkedOut,
]
