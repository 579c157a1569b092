import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { streetAbbreviations } from '../../../src/core/address/abbreviation.ts'
import { addressFindKeys } from '../../../src/core/address/find-keys.ts'
import { readWordSearch } from '../../../src/core/address/read-search.ts'
import {
  addressKeyPrefixes,
  searchedWordsOf,
} from '../../../src/core/address/searched-and-searchable-texts.ts'
import { wrongFindKeys } from '../../model/find-key.ts'
import { lookAt } from '../../model/snapshot.ts'
import { startTestApp } from '../../support/app.ts'
import { query } from '../../support/rows.ts'
import { runs } from '../../support/runs.ts'

const app = await startTestApp({ settings: { max_addresses: 4 } })
const { call } = app

describe('the keys of an address', () => {
  const keys = (address: object) =>
    Object.fromEntries(
      Object.entries(addressFindKeys({ country: 'DE', ...address })).map(([field, text]) => [
        field,
        text.split('\n'),
      ]),
    )

  test.each([
    [{ line1: 'Hauptstraße 5' }, { line1: ['street hauptstr.5', 'street 5'] }],
    [
      { line1: 'Haupt-Straße 5' },
      {
        line1: ['street hauptstr.5', 'street str.5', 'street 5'],
      },
    ],
    [
      { line1: '5 Main, Main 51 Ma' },
      {
        line1: ['5mainmain51ma', 'mainmain51ma', 'main51ma', '51ma'].map((key) => `street ${key}`),
      },
    ],
    [
      { line1: 'Ring 12-14 12/3' },
      {
        line1: [
          'street ring12 14 12 3',
          'street 12 14 12 3',
          'street 14 12 3',
          'street 12 3',
          'street 3',
        ],
      },
    ],
    [
      { line1: 'Rue de l’Église', line2: null, city: '' },
      { line1: ['street r.deleglise', 'street deleglise', 'street leglise', 'street eglise'] },
    ],
    [{ city: 'L’Aquila' }, { city: ['city laquila'] }],
    [{ city: '東京 都' }, { city: ['city 東京都', 'city 京都', 'city 都'] }],
    [{ postalCode: 'd-10115' }, { postalCode: ['postalCode 10115'] }],
    [
      { country: 'LV', postalCode: '1010' },
      { postalCode: ['postalCode 1010', 'postalCode lv1010'] },
    ],
    [{ company: 'A & B', postalCode: '-' }, { company: ['company ab', 'company b'] }],
  ])('%o', (address, expected) => {
    expect(keys(address)).toEqual(expected)
  })

  test('are those of every word, however many the text has', () => {
    const written = fc.array(fc.constantFrom(...'abcdefgh123äß'), { maxLength: 12 })
    const text = fc.array(written, { minLength: 30, maxLength: 100 })
    fc.assert(
      fc.property(text, (all) => {
        const line1 = all
          .map((letters) => letters.join(''))
          .join(' ')
          .slice(0, 200)
        const kept = (keys({ line1 }).line1 ?? []).map((key) => key.replace('street ', ''))
        for (const word of searchedWordsOf(line1)) {
          const asked = addressKeyPrefixes([word], streetAbbreviations).map((text) =>
            text.slice(0, 24),
          )
          const has = kept.some((key) => asked.some((text) => key.startsWith(text)))
          expect([word, has]).toEqual([word, true])
        }
      }),
    )
  })

  test.each(['street', 'company'] as const)('of a %s are what its words ask for', (kind) => {
    const piece = fc.constantFrom(
      ...'Haupt Straße Hauptstr. Street St. Saint North N Co op Co-op E.ON Müller Mueller & und B.V. O’Neill Markt-Pl. 東京'.split(
        ' ',
      ),
      ...[
        '5',
        '12a',
        '12-14',
        '1/2',
        '½',
        '7-Eleven',
        'a',
        'ⅷ',
        'улица',
        'Nr.',
        '３',
        '内1',
        'blue',
      ],
    )
    const pieces = fc.array(piece, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(pieces, fc.infiniteStream(fc.boolean()), (text, chosen) => {
        const asked = text
          .filter(() => chosen.next().value)
          .slice(0, 4)
          .join(' ')
        if (!/[\p{L}\p{N}]/u.test(asked)) return
        const field = kind === 'street' ? 'line1' : kind
        const kept = (keys({ [field]: text.join(' ') })[field] ?? []).map((key) =>
          key.replace(`${kind} `, ''),
        )
        const isKept = (start: string) => kept.some((key) => key.startsWith(start))
        const { ways, starts } = readWordSearch(kind, asked)
        for (const typed of [ways, readWordSearch(kind, asked.toUpperCase()).ways]) {
          const isFound = typed.some((tokens) => tokens.every((token) => token.some(isKept)))
          expect([text, asked, isFound]).toEqual([text, asked, true])
        }
        expect([text, asked, starts.every((token) => token.some(isKept))]).toEqual([
          text,
          asked,
          true,
        ])
      }),
      { numRuns: 2000 },
    )
  })

  test('are few and short, whatever was written', () => {
    const long = fc.string({ unit: 'grapheme', maxLength: 200 })
    fc.assert(
      fc.property(long, long, (line1, city) => {
        for (const text of Object.values(
          addressFindKeys({ country: 'JP', line1, city, company: '㋿㍿'.repeat(99) }),
        )) {
          const lines = text.split('\n')
          expect(lines.length).toBeLessThanOrEqual(100)
          for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThan(2600)
        }
      }),
    )
  })
})

const text = (...values: string[]) => fc.constantFrom(null, ...values)
const change = fc.record(
  {
    country: fc.constantFrom('DE', 'GB', 'AQ', 'LV'),
    line1: fc.constantFrom('Ring 1', 'Ring 15', '1 Weg', '丸の内1-1'),
    line2: text('Ring', 'Hof 2'),
    city: text('Berlin', 'Bern', '東京', 'L’Aquila'),
    postalCode: text('10115', 'D-10117', 'SW1A 1AA', 'LV-1010'),
    company: text('Ring GmbH', 'Acme'),
    phone: text('+49301234567', '+442079460958'),
  },
  { requiredKeys: [] },
)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('add' as const), change }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('patch' as const), at: fc.nat(3), change }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('remove' as const), at: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('tell' as const),
      phone: text('+49301234567', '+442079460958'),
      locale: text('de', 'zh-Hant-TW'),
      metadata: fc.dictionary(fc.constantFrom('tier', 'note'), text('gold', '1', '')),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Does it, and answers whether it was taken. */
async function perform(id: string, it: Step): Promise<boolean> {
  const path = `/customer/${id}`
  if (it.does === 'tell') {
    const { phone, locale, metadata } = it
    return (await call('PATCH', path, { body: { phone, locale, metadata } })).status === 200
  }
  if (it.does === 'add') {
    const body = { line1: 'Ring 1', country: 'AQ', ...it.change, imported: true }
    return (await call('POST', `${path}/address`, { body })).status < 300
  }
  const { data } = (await call('GET', `${path}/address`)).body
  const address = data[it.at % data.length]
  if (address === undefined) return false
  const of = `${path}/address/${address.id}`
  if (it.does === 'remove') return (await call('DELETE', of)).status === 204
  return (await call('PATCH', of, { body: { ...it.change, imported: true } })).status === 200
}

let shops = 0
test('whatever becomes of addresses, the keys are those of what is there', async () => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const prefix = `keys${++shops}`
      const { body } = await call('POST', '/customer', {
        body: { email: `${prefix}-a@example.com` },
      })
      for (const it of steps) {
        if (await perform(body.id, it)) taken++
        expect(wrongFindKeys(await lookAt(app, prefix))).toEqual([])
      }
    }),
    { numRuns: runs(6, 200) },
  )
  expect(taken).toBeGreaterThan(10)
})

test('what does not change is not written', async () => {
  const { body } = await call('POST', '/customer', {
    body: { email: 'still-a@example.com', metadata: { tier: 'gold' } },
  })
  const home = { line1: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' }
  const path = `/customer/${body.id}/address`
  const { id } = (await call('POST', path, { body: home })).body
  const rows = () =>
    query<{ value: string; xmin: string }>(
      `select kind || ' ' || value as value, xmin::text from find_key where customer_id = $1 order by 1`,
      [body.id],
    )
  const before = await rows()
  await call('PATCH', `${path}/${id}`, { body: { label: 'Home', city: 'WIEN' } })
  await call('PATCH', `/customer/${body.id}`, {
    body: { firstName: 'Ann', metadata: { tier: 'gold', note: null } },
  })
  expect(await rows()).toEqual(before)
  await call('PATCH', `${path}/${id}`, { body: { city: 'Graz', postalCode: '8010' } })
  await call('PATCH', `/customer/${body.id}`, { body: { metadata: { note: 'x' } } })
  const kept = before.filter(({ value }) => !/^city|^postal/.test(value))
  const after = await rows()
  expect(after).toEqual(expect.arrayContaining(kept))
  expect(after.map(({ value }) => value.replace(/(?<=^metadata ).{22}$/, '…'))).toEqual([
    'city graz',
    'country AT',
    'metadata …',
    'metadata …',
    'postalCode 8010',
    'street 1',
    'street ring1',
  ])
})
