import { describe, expect, test } from 'vitest'
import type { Client } from '#core/identity'
import { createApp } from '../../../src/http/app.ts'
import { startTestApp } from '../../support/app.ts'

const { runtime, tenant } = await startTestApp()

const pairs: readonly (readonly [id: string, secret: string])[] = [
  ['plain', 'secret'],
  ['two-words', 'two words'],
  ['plus', 'nR5+x/8Q=='],
  ['percent', '100%'],
  ['escape', 'a%2Bb'],
  ['ampersand', 'dev&junk=1'],
  ['colon', 'a:b::c'],
  ['letters', 'Zoë–太郎😀'],
  ['blanks', ' + %20'],
  ['shop+eu', 'x'],
  ['shop eu', 'y'],
  ['50%:off', 'z'],
  ['rotated', 'new'],
]

const clients = new Map<string, Client>(
  pairs.map(([id, secret]) => [
    id,
    {
      id,
      tenant,
      name: id,
      keys: [],
      redirectUris: [],
      scopes: ['customer:read'],
      secrets: id === 'rotated' ? ['old+1', secret] : [secret],
    },
  ]),
)
const env = { ...runtime, config: { ...runtime.config, clients } }
const service = createApp()

type Form = Readonly<Record<string, string>> | string
const grant = { grant_type: 'client_credentials' }

async function ask(
  headers: Readonly<Record<string, string>>,
  form: Form = grant,
  path = '/oauth/token',
) {
  const body = new URLSearchParams(form)
  const response = await service.request(path, { method: 'POST', headers, body }, env)
  const text = await response.text()
  return { response, body: text === '' ? null : JSON.parse(text) }
}
const outcome = async (...given: Parameters<typeof ask>) => {
  const { response, body } = await ask(...given)
  return [response.status, body?.error]
}

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')
const basic = (id: string, secret: string) => ({
  Authorization: `Basic ${base64(`${id}:${secret}`)}`,
})
/** As a form writes one value: `+` for a blank. */
const encoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1)

const granted = [200, undefined]
const unknown = [401, 'invalid_client']
const twice = [400, 'invalid_request']

describe('a client by HTTP Basic', () => {
  test.each(pairs.filter(([id]) => !id.includes(':')))(
    '%s is known as it is',
    async (id, secret) => {
      expect(await outcome(basic(id, secret))).toEqual(granted)
    },
  )

  test.each(pairs)('%s is known form-encoded', async (id, secret) => {
    expect(await outcome(basic(encoded(id), encoded(secret)))).toEqual(granted)
    const percent = encodeURIComponent(secret)
    expect(await outcome(basic(encodeURIComponent(id), percent))).toEqual(granted)
    const lower = percent.replace(/%../g, (code) => code.toLowerCase())
    expect(await outcome(basic(encoded(id), lower))).toEqual(granted)
  })

  test.each(pairs)('%s is known by the form', async (client_id, client_secret) => {
    expect(await outcome({}, { ...grant, client_id, client_secret })).toEqual(granted)
  })

  test.each([
    ['plain', 'secret&junk'],
    ['plain', 'secret&v=secret'],
    ['plain', 'junk&secret'],
    ['plain', 'secret '],
    ['plain', 'secret+'],
    ['plain', ''],
    ['plain', 'secret#x'],
    ['plain', 'secret;x'],
    ['ampersand', 'dev'],
    ['ampersand', 'dev&junk'],
    ['percent', '100'],
    ['percent', '100%2525'],
    ['escape', 'a b'],
    ['two-words', 'two%2Bwords'],
    ['shop+eu', 'z'],
    ['shop&eu', 'x'],
    ['plain&x', 'secret'],
    ['', 'secret'],
    ['', ''],
    ['nobody', 'secret'],
    ['__proto__', 'secret'],
  ])('%s with the secret %j is nobody', async (id, secret) => {
    expect(await outcome(basic(id, secret))).toEqual(unknown)
  })

  test('both secrets of a rotation are good, each in both readings', async () => {
    for (const secret of ['old+1', 'old%2B1', 'new', 'n%65w']) {
      expect(await outcome(basic('rotated', secret))).toEqual(granted)
    }
  })

  test('an id with a plus and one with a blank are two clients, each with its own secret', async () => {
    expect(await outcome(basic('shop+eu', 'x'))).toEqual(granted)
    expect(await outcome(basic('shop+eu', 'y'))).toEqual(granted)
    expect(await outcome(basic('shop%2Beu', 'y'))).toEqual(unknown)
    expect(await outcome(basic('shop%20eu', 'x'))).toEqual(unknown)
  })
})

const right = { client_id: 'plain', client_secret: 'secret' }

describe('a header that is not well-formed Basic is refused, although the form is right', () => {
  test.each([
    ['empty', ''],
    ['only the scheme', 'Basic'],
    ['only the scheme and a blank', 'Basic '],
    ['not encoded', 'Basic plain:secret'],
    ['no colon', `Basic ${base64('plain')}`],
    ['nothing inside', `Basic ${base64('')}`],
    ['no padding', `Basic ${base64('plain:secre').replace(/=+$/, '')}`],
    ['too much padding', `Basic ${base64('plain:secret')}===`],
    ['cut off', `Basic ${base64('plain:secret').slice(0, -3)}`],
    ['base64 for URLs', `Basic ${base64('plain:>>>???').replace(/\+/g, '-').replace(/\//g, '_')}`],
    ['two values', `Basic ${base64('plain:secret')} ${base64('plain:secret')}`],
    ['two headers', `Basic ${base64('plain:secret')}, Basic ${base64('plain:secret')}`],
    ['not UTF-8', `Basic ${base64(Buffer.from('plain:Zo\xeb', 'latin1'))}`],
    ['a bearer token', 'Bearer abc'],
    ['Digest', 'Digest username="plain"'],
    ['an unknown scheme', 'secret'],
  ])('%s', async (_, Authorization) => {
    for (const path of ['/oauth/token', '/oauth/revoke']) {
      const { response, body } = await ask(
        { Authorization },
        { ...grant, ...right, token: 'x' },
        path,
      )
      expect([response.status, body.error]).toEqual(unknown)
      expect(response.headers.get('WWW-Authenticate')).toBe('Basic realm="customer"')
    }
  })

  test('the name of the scheme is written in any case', async () => {
    const { Authorization } = basic('plain', 'secret')
    for (const name of ['basic', 'BASIC', 'bAsIc  ']) {
      expect(await outcome({ Authorization: Authorization.replace('Basic', name) })).toEqual(
        granted,
      )
    }
  })
})

describe('a client says once who it is', () => {
  const header = basic('plain', 'secret')
  test.each<[string, Readonly<Record<string, string>>, Form, readonly unknown[]]>([
    ['the same in header and form', header, right, twice],
    ['another secret in the form', header, { client_secret: 'x' }, twice],
    ['a wrong header and a right form', basic('plain', 'x'), right, twice],
    ['another client in the form', header, { client_id: 'plus' }, twice],
    ['an assertion beside the header', header, { client_assertion: 'x.y.z' }, twice],
    ['an assertion beside the secret', {}, { ...right, client_assertion: 'x.y.z' }, twice],
    ['an assertion alone', {}, { client_id: 'plain', client_assertion: 'x.y.z' }, unknown],
    ['an id alone', {}, { client_id: 'plain' }, unknown],
    ['nothing', {}, {}, unknown],
    ['its own id beside the header', header, { client_id: 'plain' }, granted],
    ['an encoded id beside the header', basic('shop%2Beu', 'x'), { client_id: 'shop+eu' }, granted],
    ['a secret without a value', header, { client_id: 'plain', client_secret: '' }, granted],
  ])('%s', async (_, headers, form, expected) => {
    const fields = new URLSearchParams(form)
    const token = new URLSearchParams({ ...grant, ...Object.fromEntries(fields) }).toString()
    expect(await outcome(headers, token)).toEqual(expected)
    const revoke = new URLSearchParams({ token: 'x', ...Object.fromEntries(fields) }).toString()
    expect((await outcome(headers, revoke, '/oauth/revoke'))[1]).toEqual(expected[1])
  })

  test('a secret in the URL is a method too many, and none by itself', async () => {
    const path = '/oauth/token?client_id=plain&client_secret=secret'
    expect(await outcome(header, grant, path)).toEqual(twice)
    expect(await outcome({}, grant, path)).toEqual(unknown)
  })
})

describe('a parameter is there once', () => {
  test.each([
    'grant_type=client_credentials',
    'client_id=plain',
    'client_secret=secret',
    'scope=customer:read',
    'scope=',
    'other=1',
    'token=x',
    'token_type_hint=access_token',
  ])('%s', async (field) => {
    const form = `${new URLSearchParams({ ...grant, ...right, scope: 'customer:read', token: 'x' })}&token_type_hint=x&other=1`
    for (const path of ['/oauth/token', '/oauth/revoke']) {
      expect(await outcome({}, form, path)).toEqual(
        path === '/oauth/token' ? granted : [200, undefined],
      )
      expect(await outcome({}, `${form}&${field}`, path)).toEqual(twice)
    }
  })

  test('one without a value counts as left out', async () => {
    const { body } = await ask({}, { ...grant, ...right, scope: '', refresh_token: '' })
    expect(body.scope).toBe('customer:read')
    expect(await outcome({}, { ...right, grant_type: '' })).toEqual(twice)
    expect(await outcome({}, { ...right, token: '' }, '/oauth/revoke')).toEqual(twice)
  })
})
