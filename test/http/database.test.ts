import { describe, expect, test } from 'vitest'
import type { InjectedFault } from '../../dev/neon-wire/injected-fault.ts'
import { sqlstateMeanings } from '../../src/db/database-error-meaning.ts'
import { startTestApp } from '../support/app.ts'
import { someAddress } from '../support/shopper.ts'

const app = await startTestApp()
const { call, wire } = app

const { id } = (await call('POST', '/customer', { body: { email: someAddress() } })).body

const read = () => call('GET', `/customer/${id}`)
const list = () => call('GET', '/customer?minOrders=1')
const write = () => call('POST', '/customer', { body: { email: someAddress() } })

type Answering = Omit<Extract<InjectedFault, { do: 'answer' }>, 'at' | 'do'>

/** What a request is answered while the database answers so. */
async function meanwhile(fault: Answering, ask: () => ReturnType<typeof call>) {
  wire.faults.always = () => ({ at: 'before', do: 'answer', ...fault })
  try {
    const { status, body, headers } = await ask()
    return { status, code: body.code, detail: body.detail, wait: headers.get('Retry-After') }
  } finally {
    wire.faults.clear()
  }
}

const away = (detail = expect.stringContaining('cannot serve')) => ({
  status: 503,
  code: 'database_unavailable',
  detail,
  wait: expect.stringMatching(/^[1-9]\d*$/),
})
const lost = away(expect.stringContaining('may have been made or not'))

/** Each row of the table, and SQLSTATEs that have no row of their own. */
const codes = [
  ...Object.keys(sqlstateMeanings).map((code) => code.padEnd(5, '0')),
  ...['08003', '08006', '08007', '08P01', '28P01', '28000', '40001', '40P01', '40003'],
  ...['53100', '53200', '53300', '53400', '57P03', '57P04', '57P05', '58030', '58P01'],
  ...['XX000', 'XX001', 'XX002', 'F0001'],
]
const unknown = /^(08(?!001|004)|40003|57P01|57P02)/

describe.each([...new Set(codes)])('the database answers %s', (code) => {
  const fault = { status: 400, code, text: 'secret of the database' }

  test('a read and a write are told to come back', async () => {
    expect(await meanwhile(fault, read)).toEqual(away())
    expect(await meanwhile(fault, write)).toEqual(unknown.test(code) ? lost : away())
  })

  test('a page is told so too, or to narrow what it asks for', async () => {
    const narrow = { status: 422, code: 'narrow_the_query', detail: expect.any(String), wait: null }
    expect(await meanwhile(fault, list)).toEqual(code === '57014' ? narrow : away())
  })
})

describe.each<[string, Answering, 'nothing' | 'unknown']>([
  [
    'a compute that does not start',
    { status: 400, text: "Couldn't connect to compute node" },
    'nothing',
  ],
  [
    'a compute, with a status',
    { status: 500, text: "couldn't connect to compute node" },
    'nothing',
  ],
  [
    'a control plane that is away',
    { status: 500, text: 'Control plane request failed' },
    'nothing',
  ],
  [
    'a disabled endpoint',
    { status: 400, text: 'The endpoint has been disabled. endpoint is disabled' },
    'nothing',
  ],
  [
    'a quota that is used up',
    { status: 402, text: 'Your account or project has exceeded the compute time quota' },
    'nothing',
  ],
  [
    'too many connections',
    { status: 429, text: 'Too many database connection attempts' },
    'nothing',
  ],
  [
    'no permit',
    { status: 503, text: 'Failed to acquire permit to connect to the database' },
    'nothing',
  ],
  ['a connection that was lost', { status: 400, text: 'connection closed' }, 'unknown'],
  ['an error of its own', { status: 500, text: 'internal error' }, 'unknown'],
  ['a bad gateway', { status: 502, text: '<html>' }, 'unknown'],
  ['a timeout', { status: 504, text: 'HTTP-Connection timed out' }, 'unknown'],
])('Neon answers of %s', (_, fault, fate) => {
  test('a read and a write are told to come back', async () => {
    expect(await meanwhile(fault, read)).toEqual(away())
    expect(await meanwhile(fault, write)).toEqual(fate === 'unknown' ? lost : away())
  })
})

test.each([
  ['22P02', { status: 400, code: '22P02' }],
  ['42703', { status: 400, code: '42703' }],
  ['54001', { status: 400, code: '54001' }],
  [
    'a request that Neon cannot read',
    { status: 400, text: 'could not parse the HTTP request body: x' },
  ],
  ['a request that is too large', { status: 413, text: 'request is too large' }],
])('%s is a mistake of ours', async (_, fault) => {
  const answer = { status: 500, code: 'internal', detail: expect.any(String), wait: null }
  expect(await meanwhile(fault, write)).toEqual(answer)
  expect(await meanwhile(fault, read)).toEqual(answer)
})

test('an answer that Neon cannot send is a page that is too large', async () => {
  const fault = { status: 507, text: 'response is too large (max is 10485760 bytes)' }
  expect(await meanwhile(fault, list)).toEqual({
    status: 422,
    code: 'narrow_the_query',
    detail: expect.stringContaining('`limit`'),
    wait: null,
  })
})

test.each(['before', 'after'] as const)(
  'a connection that is cut %s a write says that its fate is unknown',
  async (at) => {
    wire.faults.add({ at, do: 'cut' })
    const { status, body } = await write()
    expect([status, body.detail]).toEqual([503, lost.detail])
  },
)

test('a write whose reply was lost is safe to repeat under its key', async () => {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const body = { email: someAddress() }
  wire.faults.add({ at: 'after', do: 'answer', status: 400, code: '57P01' })
  expect((await call('POST', '/customer', { body, headers })).status).toBe(503)
  const again = await call('POST', '/customer', { body, headers })
  expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([201, 'true'])
})

test('a write that another transaction was in the way of is done at once', async () => {
  for (const code of ['40001', '40P01']) {
    wire.faults.add({ at: 'before', do: 'answer', status: 400, code })
    expect((await write()).status).toBe(201)
  }
})
