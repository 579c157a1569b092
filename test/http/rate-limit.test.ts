import { describe, expect, test, vi } from 'vitest'
import { failureCounterRules, readRefreshToken } from '#core/identity'
import { unprovenCreationBoundRule } from '#core/limit'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { accountSamplesOf } from '../support/account-sample.ts'
import { type CallOptions, startTestApp } from '../support/app.ts'
import { told } from '../support/limit-header.ts'
import { addressOf, samples } from '../support/sample.ts'
import { makeShopper, PASSWORD, someAddress } from '../support/shopper.ts'

const app = await startTestApp()
const accountSamples = accountSamplesOf(app)
const WRONG = 'not the password 5'

const routes = (Object.entries(accessByRoute) as [RouteKey, Access][]).flatMap(
  ([key, { limited }]) => (limited === undefined ? [] : [{ key, limited }]),
)

let places = 0
/** A place where nobody was before, named as a browser's and as a service's. */
const newPlace = () => `203.0.113.${++places}`
const at = (place: string) => ({ 'CF-Connecting-IP': place, 'X-Caller-Address': place })

type Sent = CallOptions & {
  readonly ids?: readonly string[]
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

async function ask(key: RouteKey, place: string, { ids = [], form, headers, ...options }: Sent) {
  const [method, path] = addressOf(key, { status: 0, ids })
  if (form === undefined)
    return told(key, await app.call(method, path, { ...options, headers: at(place) }))
  const init = { method, body: new URLSearchParams(form), headers: { ...at(place), ...headers } }
  return told(key, await app.request(path, init))
}

/** A request that does its work. */
async function workOf(key: RouteKey): Promise<Sent> {
  const sample = (await accountSamples[key]?.()) ?? (await samples[key]?.(app))
  if (sample === undefined) throw new Error(`${key} has no sample`)
  return sample
}

/** The same about an address, a token, a session and a password that nobody has. */
const nothing: Readonly<Record<string, () => string>> = {
  email: someAddress,
  token: () => 'mt_made-up',
  refreshToken: () => 'rt_made-up',
  refresh_token: () => 'rt_made-up',
  password: () => WRONG,
  currentPassword: () => WRONG,
}
const unknown = <T extends object>(fields: T) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, nothing[name]?.() ?? value]),
  )
const unknownOf = ({ body, form, ...sent }: Sent): Sent => ({
  ...sent,
  ...(body instanceof Object ? { body: unknown(body) } : {}),
  ...(form === undefined ? {} : { form: unknown(form) }),
})

/** What the edge counts apart: a session of which a token is shown. */
function partOf({ body }: Sent): string {
  const text = body instanceof Object && 'refreshToken' in body ? String(body.refreshToken) : ''
  const session = readRefreshToken(app.runtime.keyring, text)?.sessionId
  return session === undefined ? '' : `${session} `
}

async function askBeyondEdgeLimit(key: RouteKey, place: string, sent: Sent) {
  app.limited.add(`${accessByRoute[key].limited?.[0]} ${partOf(sent)}${place}`)
  const refused = await ask(key, place, sent)
  app.limited.clear()
  return refused
}

/** Whether a request has counted a try, besides its answer. */
async function countingTries<T>(work: () => Promise<T>) {
  const run = vi.spyOn(app.db, 'run')
  const answer = await work()
  const sent = run.mock.calls.flatMap(([list]) => list.map(({ text }) => text))
  run.mockRestore()
  return { answer, hasCounted: sent.some((text) => text.includes('reserve_try')) }
}

describe('every limited route tells its limits, done and refused, known and unknown alike', () => {
  test.each(routes)('$key', async ({ key, limited }) => {
    const [first] = limited
    const work = await workOf(key)
    const other = unknownOf(work)
    const place = newPlace()
    const refused = await askBeyondEdgeLimit(key, place, work)
    expect(refused).toMatchObject({ status: 429, left: `"${first}";r=0;t=60`, wait: '60' })
    expect(await askBeyondEdgeLimit(key, place, other)).toEqual(refused)
    const { answer: done, hasCounted } = await countingTries(() => ask(key, place, work))
    // A callback is asked with the answer to no login, which is refused.
    const isDone = !key.startsWith('GET /oauth/callback')
    const counts = limited.includes('tries') || limited.includes('codes')
    expect([done.status < 400, hasCounted]).toEqual([isDone, counts])
    expect((await ask(key, newPlace(), other)).policy).toBe(done.policy)
  })
})

test('a route without a limit tells of none', async () => {
  for (const path of ['/healthz', '/customer', '/auth/me', '/nowhere']) {
    const { headers } = await app.call('GET', path, { headers: at(newPlace()) })
    expect([headers.has('RateLimit'), headers.has('RateLimit-Policy')]).toEqual([false, false])
  }
})

/** The handle of a code that was asked for, and a code that was in no mail. */
async function wrongCode(email: string) {
  const token = await app.storefrontToken()
  const { body } = await app.call('POST', '/auth/code', { token, body: { email } })
  return { handle: body.handle, code: '000000' }
}

type Question = object | ((email: string) => Promise<object>)
/** What a stranger asks about an address, and what is left afterwards, each time. */
const asked: Readonly<
  Partial<Record<RouteKey, readonly [fields: Question, left: (n: number) => string | null]>>
> = {
  'POST /auth/code': [{}, () => null],
  'POST /auth/code/verify': [wrongCode, (n) => `"codes";r=${failureCounterRules.codes.free - n}`],
  'POST /auth/login': [
    { password: WRONG },
    (n) => `"tries";r=${failureCounterRules.tries.free - n}`,
  ],
  'POST /auth/verify-email/resend': [{}, () => null],
  'POST /auth/password/forgot': [{}, () => null],
  'POST /customer': [{ password: PASSWORD }, () => null],
  'POST /customer/guest': [{}, (n) => `"made";r=${unprovenCreationBoundRule.most - n}`],
}

describe('a stranger reads the same of an address that is known and of one that is not', () => {
  const open = routes.filter(
    ({ key }) =>
      accessByRoute[key].storefront && !/verify-email$|reset|confirm|undo|passkey/.test(key),
  )
  test.each(open)('$key', async ({ key }) => {
    const [fields, left] = asked[key] ?? [{}, () => 'nothing']
    const shopper = await makeShopper(app)
    const guest = someAddress()
    await app.call('POST', '/customer/guest', { body: { email: guest } })
    const emails = [shopper.email, guest, someAddress()]
    const all = await Promise.all(
      emails.map(async (email) => ({
        place: newPlace(),
        body: { email, ...(fields instanceof Function ? await fields(email) : fields) },
      })),
    )
    const token = await app.storefrontToken()
    for (let n = 1; n <= 4; n++) {
      for (const { place, body } of all) {
        const answer = await ask(key, place, { token, body })
        expect([n, answer.left]).toEqual([n, left(n)])
      }
    }
  })
})
