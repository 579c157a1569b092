import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { filterConditions } from '../../../src/core/customer/list/filter-conditions.ts'
import { LIST_SEARCH_BOUNDS } from '../../../src/core/customer/list.ts'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { query } from '../../support/rows.ts'
import { runs } from '../../support/runs.ts'
import { shopIn } from '../../support/shop.ts'

const KEY = 'a "tier"'
const app = await startTestApp({ settings: { metadata_filter_keys: [KEY, 'other'] } })
const { call } = app
const { merge } = shopIn(app)
const ctx = contextAt(app, app.runtime.now())

/** So narrow that no scan fills a page, and the keys are looked up. */
const BY_KEYS = { ...LIST_SEARCH_BOUNDS, near: 1, scan: 1, sets: 100_000, probe: 1 }

let people = 0
const made = async (metadata: object = {}): Promise<string> => {
  const body = { email: `value${++people}@example.com`, metadata }
  return (await call('POST', '/customer', { body })).body.id
}

/** The ids by a scan, which must be those that the keys give, and as many as are counted. */
async function find(metadata: Record<string, string>): Promise<string[]> {
  const sort = 'createdAt:asc'
  const input = ListCustomers.parse({ metadata, sort, limit: 100, count: 'exact' })
  const { data, pagination } = await listCustomers(ctx, input)
  const ids = data.map(({ id }) => id)
  expect([metadata, pagination.total, pagination.totalIsExact]).toEqual([
    metadata,
    ids.length,
    true,
  ])
  const byKeys = await listCustomers(ctx, input, BY_KEYS)
  expect([metadata, byKeys.data.map(({ id }) => id)]).toEqual([metadata, ids])
  return ids
}

const json = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('gold', 'Gold', 'gold ', '', 'null', '1', 'true', '\n', 'ß', 'é', 'e\u0301'),
  fc.constantFrom('😀'.repeat(500), `${'😀'.repeat(499)}x`),
  fc.jsonValue({ maxDepth: 2 }),
)

test('whatever JSON is stored, a value is found by exactly its text, and null by none', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => made()))
  // Another release, or a person, may have stored what is no text.
  const store = `update customer c set metadata = jsonb_build_object($2::text, v.value)
    from unnest($1::text[], $3::jsonb[]) v (id, value) where c.id = v.id`
  const read = `select id, metadata ->> $2 as text from customer where id = any($1) order by id`
  await fc.assert(
    fc.asyncProperty(
      fc.array(json, { minLength: ids.length, maxLength: ids.length }),
      async (some) => {
        const values = some.map((value) => JSON.stringify(value).replaceAll('\\u0000', ''))
        await query(store, [ids, KEY, values])
        const stored = await query<{ id: string; text: string | null }>(read, [ids, KEY])
        const texts = new Set(stored.flatMap(({ text }) => text ?? []))
        for (const text of [...texts, 'null', '']) {
          if (text.length > 500 && [...text].length > 500) continue
          const having = stored.filter((one) => one.text === text)
          expect(await find({ [KEY]: text })).toEqual(having.map(({ id }) => id))
        }
        expect(await find({ other: 'gold' })).toEqual([])
      },
    ),
    { numRuns: runs(8, 100) },
  )
})

test('a key and a value never meet another key and value', async () => {
  const id = await made({ other: `x", "y` })
  await made({ [KEY]: 'y', 'other", "x': 'y' })
  expect(await find({ other: `x", "y` })).toEqual([id])
  expect(await find({ other: 'x' })).toEqual([])
})

test('a key that is declared later finds who is there', async () => {
  const id = await made({ late: 'yes' })
  const later = { ...ctx, settings: { ...ctx.settings, metadata_service_keys: ['late'] } }
  const input = ListCustomers.parse({ metadata: { late: 'yes' }, count: 'exact' })
  const { data, pagination } = await listCustomers(later, input, BY_KEYS)
  expect([data.map((one) => one.id), pagination.total]).toEqual([[id], 1])
  await expect(listCustomers(ctx, input)).rejects.toMatchObject({ code: 'invalid_input' })
})

test('a merge, its undo and a deletion are followed', async () => {
  const survivor = await made({ other: 'mine' })
  const merged = await made({ other: 'theirs', [KEY]: 'filled' })
  const found = async () => [
    await find({ other: 'mine' }),
    await find({ other: 'theirs' }),
    await find({ [KEY]: 'filled' }),
    await find({ other: 'mine', [KEY]: 'filled' }),
  ]
  const apart = [[survivor], [merged], [merged], []]
  expect(await found()).toEqual(apart)
  const { body } = await merge(survivor, merged)
  expect(await found()).toEqual([[survivor], [], [survivor], [survivor]])
  const input = ListCustomers.parse({ metadata: { other: 'theirs' }, status: 'merged' })
  expect((await listCustomers(ctx, input)).data.map(({ id }) => id)).toEqual([merged])
  await call('POST', `/merge/${body.id}/undo`)
  expect(await found()).toEqual(apart)
  await call('DELETE', `/customer/${merged}`)
  expect(await found()).toEqual([[survivor], [], [], []])
})

test('as many keys as a customer may have are asked for at once', async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, `v${n}`]))
  const id = await made(many)
  const others = await Promise.all([made({ ...many, k49: 'x' }), made({ ...many, k0: 'x' })])
  const wide = {
    ...ctx,
    settings: { ...ctx.settings, metadata_filter_keys: Object.keys(many) },
  }
  const input = ListCustomers.parse({ metadata: many, count: 'exact' })
  const listed = { status: ['unverified', 'merged'] as const }
  for (const bounds of [LIST_SEARCH_BOUNDS, BY_KEYS]) {
    for (const more of [{}, listed]) {
      const { data, pagination } = await listCustomers(wide, { ...input, ...more }, bounds)
      expect([data.map((one) => one.id), pagination.total]).toEqual([[id], 1])
    }
  }
  expect(others).toHaveLength(2)
  // The planner takes seconds for fifty sets.
  const { all } = filterConditions(app.tenant, { metadata: many }, ctx.now)
  expect(all.flatMap(({ source }) => source ?? [])).toHaveLength(3)
})
