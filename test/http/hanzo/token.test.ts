import { beforeEach, describe, expect, test } from 'vitest'
import { startHanzoApp } from '../../support/hanzo.ts'

const shop = await startHanzoApp({ settings: { hanzo_direct_tokens: true } })
const { hanzo, makeShopper, me } = shop
const shopper = await makeShopper()
const found = hanzo.userOf(shopper.email)
if (found === undefined) throw new Error('no user')
const user = found
const clientId = 'shop-store'

beforeEach(() => {
  hanzo.state.claims = {}
})

const claims = () => ({ ...hanzo.claimsOf(user), tokenType: 'access-token' })
const answerTo = async (token: string) => {
  const { status, body, headers } = await me(token)
  return { status, code: body?.code, challenge: headers.get('WWW-Authenticate') }
}
const refused = {
  status: 401,
  code: 'invalid_token',
  challenge:
    'Bearer realm="http://customer.test", error="invalid_token", resource_metadata="http://customer.test/.well-known/oauth-protected-resource"',
}

describe('a token that Hanzo ID issued for this shop is taken', () => {
  test.each([
    ['its audience in a list', { aud: [clientId] }],
    ['its audience as one string', { aud: clientId }],
    ['its audience among others', { aud: ['elsewhere', clientId] }],
    ['the audience of a shared application', { aud: [`${clientId}-org-${shop.tenant}`] }],
    ['roles that are names', { roles: ['admin'] }],
    ['roles that are objects', { roles: [{ name: 'admin', owner: 'shop' }] }],
    ['no roles, and no party named', { roles: null, azp: undefined }],
    ['no word about the e-mail address', { email: undefined, email_verified: undefined }],
    ['the address of somebody else', { email: 'somebody.else@example.com' }],
    ['scopes that shoppers do not have', { scope: 'openid customer:read', isAdmin: true }],
  ])('with %s', async (_, change) => {
    const token = await hanzo.keys.sign({ ...claims(), ...change })
    expect((await me(token)).body).toMatchObject({ id: shopper.id })
    expect((await shop.call('GET', '/customer', { token })).body.code).toBe('caller_not_allowed')
  })

  test('whatever algorithm its new key has', async () => {
    await hanzo.keys.rotate({ alg: 'ES256' })
    expect((await me(await hanzo.accessToken(user))).status).toBe(200)
  })

  test('that says nothing of its kind, when its header does', async () => {
    const { tokenType: _, ...plain } = claims()
    const token = await hanzo.keys.sign(plain, { header: { typ: 'at+jwt' } })
    expect((await me(token)).status).toBe(200)
  })
})

describe('a token is refused', () => {
  const past = () => Math.floor(shop.runtime.now().getTime() / 1000) - 60
  test.each([
    ['of another issuer', () => ({ iss: 'https://hanzo.example' })],
    ['of another issuer by a slash', () => ({ iss: `${hanzo.url}/` })],
    ['for another audience', () => ({ aud: ['another-store'] })],
    ['for the shared application of another organization', () => ({ aud: [`${clientId}-org-x`] })],
    ['without an audience', () => ({ aud: undefined })],
    ['for another party', () => ({ azp: 'another-store' })],
    ['of another organization', () => ({ owner: 'another-org' })],
    ['of the platform itself', () => ({ owner: 'admin', isAdmin: true })],
    ['without an organization', () => ({ owner: undefined })],
    ['that is a refresh token', () => ({ tokenType: 'refresh-token' })],
    ['that is an id token', () => ({ tokenType: 'id-token' })],
    ['that says nothing of its kind', () => ({ tokenType: undefined })],
    ['that has expired', () => ({ exp: past() })],
    ['that never expires', () => ({ exp: undefined })],
    ['that is not valid yet', () => ({ nbf: past() + 600 })],
    ['without a time of issue', () => ({ iat: undefined })],
    ['without a subject', () => ({ sub: undefined })],
    ['of a user who is forbidden', () => ({ isForbidden: true })],
    ['of a user who is deleted', () => ({ isDeleted: true })],
    ['with a subject that is no text', () => ({ sub: 42 })],
  ])('%s', async (_, change) => {
    const token = await hanzo.keys.sign({ ...claims(), ...change() })
    expect(await answerTo(token)).toEqual(refused)
  })

  test('of a key that nobody published, also under the name of one that is', async () => {
    const key = await hanzo.keys.stranger()
    expect(await answerTo(await hanzo.keys.sign(claims(), { key }))).toEqual(refused)
    const other = await hanzo.keys.stranger('cert-unknown')
    expect(await answerTo(await hanzo.keys.sign(claims(), { key: other }))).toEqual(refused)
  })

  test('that is not signed, or with the public key as a secret', async () => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const none = `${encode({ alg: 'none', typ: 'JWT', kid: 'cert-1' })}.${encode(claims())}.`
    expect(await answerTo(none)).toEqual(refused)
    const [, body = '', signature = ''] = (await hanzo.keys.sign(claims())).split('.')
    const confused = `${encode({ alg: 'HS256', typ: 'JWT', kid: 'cert-1' })}.${body}.${signature}`
    expect(await answerTo(confused)).toEqual(refused)
  })

  test('whose key was withdrawn, after ten minutes at the latest', async () => {
    const token = await hanzo.accessToken(user)
    expect((await me(token)).status).toBe(200)
    await hanzo.keys.rotate({ withdraw: true })
    shop.advance(10 * 60_000 + 1000)
    expect(await answerTo(token)).toEqual(refused)
  })

  test('of our own issuer that says it is a shopper’s: here those are Hanzo ID’s', async () => {
    const token = await shop.shopperToken(shopper.id)
    expect(await answerTo(token)).toEqual(refused)
  })
})

test('a token of one tenant’s organization is nobody’s at the other', async () => {
  const other = hanzo.addUser({ ...user, owner: shop.otherTenant, name: 'twin' })
  expect(await answerTo(await hanzo.accessToken(other))).toMatchObject({
    status: 403,
    code: 'identity_unlinked',
  })
})
