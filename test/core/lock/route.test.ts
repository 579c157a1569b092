import { expect, test } from 'vitest'
import type { RouteKey } from '../../../src/http/access.ts'
import { accountSamplesOf } from '../../support/account-sample.ts'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { beside } from '../../support/meanwhile.ts'
import { query } from '../../support/rows.ts'
import { addressOf, samples } from '../../support/sample.ts'
import { logIn, makeShopper, PASSWORD } from '../../support/shopper.ts'

// One session, so that it has the plans of a use case when it is asked for the second time: to make them locks all its tables.
const app = await startTestApp({ sessions: 1 })
const { call, tenant } = app
const mails = openMails(app)

type Asked = {
  readonly ids?: readonly string[]
  readonly body?: unknown
  readonly form?: Readonly<Record<string, string>> | undefined
  readonly token?: string | null
}

/** What another request may do to all that there is, as it is seen by one that waits for it. */
const changes: Readonly<Record<string, (asked: Asked) => readonly [string, unknown[]][]>> = {
  'customers are merged': () => [
    [
      `update customer set status = 'merged', merged_into = $2, password_hash = null, version = version + 1
        where tenant = $1 and id <> $2 and listed`,
      [tenant, survivor],
    ],
  ],
  'groups are dissolved': () => [
    [`select from "group" where tenant = $1 for update`, [tenant]],
    [
      `update "group" set dissolved_at = now(), version = version + 1 where tenant = $1 and dissolved_at is null`,
      [tenant],
    ],
  ],
  'webhooks are deleted': () => [
    [`update webhook set status = 'deleted', version = version + 1 where tenant = $1`, [tenant]],
  ],
  'dead letters are replayed': () => [
    [`update dead_letter set replayed_at = now() where tenant = $1`, [tenant]],
  ],
  'sessions are ended': () => [[`delete from session where tenant = $1`, [tenant]]],
  'links are used': () => [
    // Whose link it is, is locked first.
    [`select from customer where tenant = $1 for no key update`, [tenant]],
    [`delete from mail_token where tenant = $1`, [tenant]],
  ],
  'passwords are changed': () => [
    [
      `update customer set password_hash = 'other', version = version + 1 where tenant = $1 and password_hash is not null`,
      [tenant],
    ],
  ],
  'addresses are reserved': ({ body }) => {
    const email = String((body as { email?: string }).email).toLowerCase()
    return [
      [`select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 1))`, [tenant, email]],
      [
        `insert into email_change (tenant, id, customer_id, old_email, old_email_key, new_email, new_email_key, created_at, confirmed_at, undo_until)
          values ($1, $3, $4, $2, $2, 'new-' || $2, 'new-' || $2, now(), now(), now() + interval '1 day')`,
        [tenant, email, `move-${email}`, survivor],
      ],
    ]
  },
  'wished addresses are reserved': () => [
    [
      `select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || email_key, 1)) from ${WISHED}`,
      [tenant],
    ],
    [
      `insert into email_change (tenant, id, customer_id, old_email, old_email_key, new_email, new_email_key, created_at, confirmed_at, undo_until)
        select $1, 'move-' || email_key, $2, email_key, email_key, 'new-' || email_key, 'new-' || email_key, now(), now(), now() + interval '1 day'
        from ${WISHED} on conflict do nothing`,
      [tenant, survivor],
    ],
  ],
}

/** Addresses that somebody has still to prove. */
const WISHED = `(select new_email_key as email_key from email_change where tenant = $1 and confirmed_at is null
  union select email_key from attempt where tenant = $1) wished`

/** Whom all others become a part of. */
const survivor = (await call('POST', '/customer', { body: { email: 'all@example.com' } })).body.id

const accounts = accountSamplesOf(app)

/** The routes that have to wait for a change. */
const waiting: Readonly<Record<keyof typeof changes, readonly RouteKey[]>> = {
  'customers are merged': [
    'PATCH /customer/{id}',
    'DELETE /customer/{id}',
    'POST /customer/{id}/disable',
    'POST /customer/{id}/enable',
    'POST /customer/{id}/password-reset',
    'POST /customer/{id}/verify-email/resend',
    'POST /customer/{id}/invite',
    'POST /customer/{id}/address',
    'PATCH /customer/{id}/address/{addressId}',
    'DELETE /customer/{id}/address/{addressId}',
    'POST /customer/{id}/group',
    'DELETE /customer/{id}/group/{group}',
    'POST /customer/{id}/merge',
    'POST /auth/login',
    'POST /auth/email/confirm',
    'POST /auth/email/undo',
    'POST /auth/password/reset',
    'DELETE /customer/{id}/session/{sessionId}',
  ],
  'groups are dissolved': ['PATCH /group/{key}', 'DELETE /group/{key}', 'POST /group/{key}/member'],
  'webhooks are deleted': [
    'PATCH /webhook/{id}',
    'DELETE /webhook/{id}',
    'POST /webhook/{id}/rotate-secret',
  ],
  'dead letters are replayed': ['POST /dead-letter/{id}/replay'],
  'sessions are ended': ['POST /auth/refresh', 'POST /oauth/token'],
  'links are used': [
    'POST /auth/verify-email',
    'POST /auth/email/confirm',
    'POST /auth/email/undo',
    'POST /auth/password/reset',
  ],
  'passwords are changed': [
    'POST /auth/login',
    'POST /auth/password/change',
    'POST /auth/email/change',
  ],
  'addresses are reserved': [
    'POST /customer',
    'POST /customer/find-or-create',
    'PATCH /customer/{id}',
    'POST /auth/verify-email/resend',
  ],
  'wished addresses are reserved': ['POST /auth/email/confirm', 'POST /auth/verify-email'],
}

/** What a route may have begun to write when it has to wait for that; everything else is written after the lock. */
const writtenBefore: Readonly<Record<string, readonly string[]>> = {
  // The group is made first, if it is wanted.
  'POST /customer/{id}/group, customers are merged': ['group'],
  'POST /group/{key}/member, groups are dissolved': ['group'],
  // The letter goes to the address that the customer is about to lose.
  'POST /customer/{id}/merge, customers are merged': ['job', 'mail', 'mail_token'],
  'POST /auth/email/undo, customers are merged': ['job', 'mail', 'mail_token'],
  'POST /auth/email/undo, links are used': ['job', 'mail', 'mail_token'],
  // The link of a registration has no customer yet who could be locked.
  'POST /auth/verify-email, links are used': ['mail_token'],
  // The password is tried first.
  'POST /auth/email/confirm, wished addresses are reserved': ['failure'],
}

let moves = 0

const make = async (key: RouteKey, what: string): Promise<Asked> => {
  const own = await samples[key]?.(app)
  if (own !== undefined && key.startsWith('PATCH') && what === 'addresses are reserved') {
    return { ...own, body: { email: `moved${++moves}@example.com` } }
  }
  if (own !== undefined) return own
  const { ids = [], ...sample } = (await accounts[key]?.()) ?? { token: null }
  return { ids, ...sample }
}

const ask = async (key: RouteKey, { ids = [], body, form, token }: Asked) => {
  const [method, path] = addressOf(key, { status: 0, ids })
  if (form !== undefined) {
    const answer = await app.request(path, { method, body: new URLSearchParams(form) })
    const told: unknown = await answer.json().catch(() => null)
    return [answer.status, Object(told).error ?? null]
  }
  const answer = await call(method, path, { body, ...(token === undefined ? {} : { token }) })
  return [answer.status, answer.body?.code ?? null]
}

const pairs = Object.entries(waiting).flatMap(([what, keys]) =>
  keys.map((key) => [key, what] as const),
)

test.each(pairs)('%s waits while %s, and answers as after that', async (key, what) => {
  const change = changes[what] ?? (() => [])
  await expectWait({
    key,
    make: () => make(key, what),
    change,
    before: writtenBefore[`${key}, ${what}`],
  })
})

type Waiter = {
  readonly key: RouteKey
  readonly make: () => Promise<Asked>
  readonly change: (asked: Asked) => readonly [string, unknown[]][]
  /** What it does once it is waited for. */
  readonly last?: readonly [string, unknown[]][]
  /** The tables that the request may have begun to write. */
  readonly before?: readonly string[] | undefined
  /** The answer, if it is not that of a request after the change. */
  readonly answer?: readonly [number, string]
}

async function expectWait(waiter: Waiter): Promise<void> {
  const { key, make, change, last = [], before = [] } = waiter
  const late = await make()
  for (const [text, values] of [...change(late), ...last]) await query(text, values)
  const expected = await ask(key, late)
  const asked = await make()
  const seen = await beside(change(asked), () => ask(key, asked), last)
  const wrote = seen.wrote.filter((table) => !before.includes(table))
  const answer = waiter.answer ?? expected
  expect({ ...seen, wrote }).toEqual({ answer, waited: true, wrote: [] })
}

const HELD: [string, unknown[]] = [
  'select from customer where tenant = $1 for no key update',
  [tenant],
]
const someEmail = () => `known${++moves}@example.com`

/** An account that nobody has proven, made by a service. */
async function makeUnproven(): Promise<{ readonly id: string; readonly email: string }> {
  const email = someEmail()
  const { body } = await call('POST', '/customer', { body: { email } })
  await mails.all()
  return { id: body.id, email }
}

/** The link that an unproven account asked for. */
async function makeOwnLink(): Promise<Asked> {
  const { id, email } = await makeUnproven()
  await call('POST', `/customer/${id}/verify-email/resend`)
  const { token } = await mails.next(email)
  return { body: { token, password: PASSWORD }, token: await app.storefrontToken() }
}

/** The link of a registration with the address of an account. */
async function makeClaim(): Promise<Asked> {
  const { email } = await makeUnproven()
  const token = await app.storefrontToken()
  await call('POST', '/customer', { token, body: { email, password: PASSWORD } })
  return { body: { token: (await mails.next(email)).token, password: PASSWORD }, token }
}

const BEGUN = {
  key: 'POST /customer/guest',
  change: () => [HELD],
  last: changes['customers are merged']?.({}) ?? [],
} as const

const makeGuest = (more: object) => async (): Promise<Asked> => {
  const body = { email: someEmail(), ...more }
  await call('POST', '/customer/guest', { body })
  return { body }
}

/** A shopper with a session confirms a new address. */
async function makeMover(): Promise<Asked> {
  const shopper = await makeShopper(app)
  const { accessToken: token } = await logIn(app, shopper)
  const email = someEmail()
  await call('POST', '/auth/email/change', { token, body: { email, password: PASSWORD } })
  return { token, body: { token: (await mails.next(email)).token } }
}

test.each<readonly [string, Waiter]>([
  [
    'the own link of an account, before it is spent',
    {
      key: 'POST /auth/verify-email',
      make: makeOwnLink,
      change: changes['customers are merged'] ?? (() => []),
    },
  ],
  [
    'the link of a registration, before it changes the account',
    {
      key: 'POST /auth/verify-email',
      make: makeClaim,
      change: changes['customers are merged'] ?? (() => []),
      before: ['mail_token'],
      // Nothing has happened, and the same link makes an account of its own then.
      answer: [422, 'mail_token_invalid'],
    },
  ],
  [
    'the link of a registration, for its address',
    {
      key: 'POST /auth/verify-email',
      make: makeClaim,
      change: changes['wished addresses are reserved'] ?? (() => []),
    },
  ],
  [
    'a guest who is there, for a merge that has only begun',
    { ...BEGUN, make: makeGuest({}), before: ['customer', 'event', 'job'] },
  ],
  [
    'the same guest with an address',
    {
      ...BEGUN,
      make: makeGuest({
        address: {
          line1: '1 Main St',
          city: 'Reno',
          state: 'NV',
          postalCode: '89501',
          country: 'US',
        },
      }),
      before: ['address', 'customer', 'event', 'job'],
    },
  ],
  [
    'a change of a field that only staff may change, for a merge',
    {
      key: 'PATCH /customer/{id}',
      make: async () => ({ ids: [(await makeUnproven()).id], body: { externalId: someEmail() } }),
      change: changes['customers are merged'] ?? (() => []),
    },
  ],
  [
    'a registration at the storefront, for its address',
    {
      key: 'POST /customer',
      make: async () => ({
        body: { email: someEmail(), password: PASSWORD },
        token: await app.storefrontToken(),
      }),
      change: changes['addresses are reserved'] ?? (() => []),
      // What its place makes is counted first.
      before: ['quota'],
    },
  ],
  [
    'the confirmation of an address by a session, for a logout',
    {
      key: 'POST /auth/email/confirm',
      make: makeMover,
      change: () => [HELD],
      last: [['delete from session where tenant = $1', [tenant]]],
    },
  ],
])('%s: it waits, and answers as after that', async (_, waiter) => {
  await expectWait(waiter)
})
