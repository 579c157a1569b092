import { beforeEach, describe, expect, test } from 'vitest'
import { runDeadLetterCommand } from '../../dev/dead-letter.ts'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

// All tests of the shared database share the operator's letters.
const app = await startTestApp({ database: await freshDatabase() })
const { call, tenant, runtime } = app

const { id: customerId } = (
  await call('POST', '/customer', { body: { email: 'poison@example.com' } })
).body
await app.drain()

const order = (orderId: string, fields: object = {}) => ({
  tenant,
  customerId,
  orderId,
  total: 100,
  refunded: 0,
  currency: 'USD',
  state: 'paid',
  placedAt: '2026-06-01T08:00:00Z',
  version: 1,
  ...fields,
})

const nested = (depth: number): unknown => {
  let value: unknown = 'innermost'
  for (let at = 0; at < depth; at++) value = [value]
  return value
}

const itself: Record<string, unknown> = {}
itself.self = itself
const emptyPlaces: unknown[] = []
emptyPlaces[4_000_000_000] = 1
const bytes = (text: string) => new TextEncoder().encode(text).buffer

/** What a message may hold, and how it is kept if that is not what it was. */
const poison: readonly [name: string, body: unknown, kept?: unknown][] = [
  ['null', null],
  ['a text', 'not an object'],
  ['a text that is no JSON', '{"tenant":'],
  ['an empty text', ''],
  ['a number', 7],
  ['NaN', Number.NaN, 'NaN'],
  ['nothing', undefined, 'undefined'],
  ['true', true],
  ['a list', [1, 2]],
  ['an empty object', {}],
  ['NUL in a text', 'a \u0000 b'],
  ['NUL in a key', { 'k\u0000': 1 }],
  ['half a surrogate pair', '\ud800'],
  ['half a pair in a key', { '\udfff': 1 }],
  ['a big integer', { n: 12n }, '{"n":12n}'],
  ['a circle', itself, '{"self":(itself)}'],
  ['bytes of text', bytes('héllo'), 'héllo'],
  ['bytes of no text', new Uint8Array([255, 0]).buffer, 'base64:/wA='],
  ['a map', new Map([['a', 1]]), '[["a",1]]'],
  ['a date', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
  ['a date that is none', { at: new Date(Number.NaN) }, { at: 'no date' }],
  ['a prototype', JSON.parse('{"__proto__":{"tenant":"x"}}')],
  ['99 levels', nested(99)],
  ['5,000 levels', nested(5000), `${'['.repeat(5000)}"innermost"${']'.repeat(5000)}`],
  ['60,000 levels', nested(60_000), `${'['.repeat(60_000)}"innermost"${']'.repeat(60_000)}`],
  ['120,000 items', Array.from({ length: 120_000 }, () => null)],
  ['120,000 items in a field', { tenant, items: Array.from({ length: 120_000 }, () => 0) }],
  ['thousands of millions of empty places', emptyPlaces, expect.stringContaining('(cut off here)')],
  ['a number in an object', Object(7), 7],
  ['a million characters', 'x'.repeat(1_000_000)],
  ['an unknown tenant', { tenant: 'nobody', id: 'j1', kind: 'announce' }],
  ['a tenant that is no text', { tenant: { a: 1 }, id: 'j1', kind: 'announce' }],
  ['the tenant of a prototype', { tenant: '__proto__', id: 'j1', kind: 'announce' }],
  ['an empty tenant', { tenant: '', id: 'j1', kind: 'announce' }],
  ['an id with NUL', { tenant, id: 'a\u0000', kind: 'announce' }],
  ['an unknown job', { tenant, id: 'j2', kind: 'frobnicate' }],
  ['the job of a prototype', { tenant, id: 'j3', kind: 'constructor' }],
  ['an order of nobody’s shop', order('p1', { tenant: 'nobody' })],
  ...[
    '',
    'yesterday',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-06-30T23:59:60Z',
    '2026-06-30T24:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '2026-06-01T08:00:00+25:00',
    '\u0000',
    'x'.repeat(100_000),
  ].map((placedAt): [string, unknown] => [
    `an order placed ${JSON.stringify(placedAt.slice(0, 30))}`,
    order('p2', { placedAt }),
  ]),
  ['an order with a time that is no text', order('p3', { placedAt: 7 })],
  ['an order of too much', order('p4', { total: 1e300 })],
  [
    'an order with an endless version',
    order('p5', { version: Number.POSITIVE_INFINITY }),
    expect.stringContaining('"version":Infinity'),
  ],
]

const given = async (bodies: readonly unknown[], name: string) => {
  const { batch, settled } = batchOf(bodies, { queue: name, prefix: crypto.randomUUID() })
  await receive(batch, runtime)
  return bodies.map((_, at) => settled[`m${at}`])
}

const letters = async () => {
  const [rows = []] = await app.db.run([
    sql`select id, tenant, body::text as body from dead_letter where tenant in ('', ${tenant})`,
  ])
  return rows
}
const forgetLetters = () =>
  app.db.run([sql`delete from dead_letter where tenant in ('', ${tenant})`])

/** A letter as the tenant finds it in its list. */
async function listed(id: string) {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await call('GET', `/dead-letter?limit=100${cursor && `&cursor=${cursor}`}`)
    const found = body.data.find((letter: { id: string }) => letter.id === id)
    if (found !== undefined) return found
    cursor = body.pagination.nextCursor
  }
  throw new Error('not listed')
}

const operator = (...args: string[]) =>
  runDeadLetterCommand(args, {
    DATABASE_URL: runtime.config.databaseUrl,
    DATABASE_FETCH_ENDPOINT: runtime.config.databaseEndpoint,
  })

describe.each([
  ['customer', () => ({ tenant, id: 'gone', kind: 'announce' })],
  ['customer-delivery', () => ({ tenant, id: 'whk_gone', kind: 'deliver' })],
  ['customer-order', (at: number) => order(`good-${at}`)],
] as const)('the queue %s', (name, good) => {
  test.each(poison)(
    'settles a message with %s and its neighbours each by itself',
    async (...[, body]) => {
      expect(await given([good(0), body, good(1)], name)).toEqual(['ack', { retry: 5 }, 'ack'])
    },
  )

  test('settles a hundred messages, of which half are poison', async () => {
    const bodies = poison.flatMap(([, body], at) => [good(at), body])
    const settled = poison.flatMap(() => ['ack', { retry: 5 }])
    expect(await given(bodies, name)).toEqual(settled)
  })
})

describe('the queue of dead letters', () => {
  const bury = async (body: unknown) => {
    const bodies = [{ before: crypto.randomUUID() }, body, { after: crypto.randomUUID() }]
    const settled = await given(bodies, 'customer-dead')
    const [letter, ...others] = (await letters()).filter(
      ({ body }) => !/"(before|after)":/.test(String(body)),
    )
    return { settled, letter, others }
  }
  beforeEach(forgetLetters)
  test.each(poison)('keeps a message with %s', async (...[, body, as]) => {
    const { settled, letter, others } = await bury(body)
    expect([settled, others]).toEqual([['ack', 'ack', 'ack'], []])
    const { message } =
      letter?.tenant === ''
        ? JSON.parse(await operator('show', String(letter.id)))
        : await listed(String(letter?.id))
    expect(message).toEqual(as === undefined ? body : as)
  })
})
