import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { BOUNDS } from '../../../src/core/customer/list.ts'
import { nameKey } from '../../../src/core/customer/name.ts'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { type Kind, kinds, misspell } from '../../support/misspell.ts'
import { settleNamed } from '../../support/named.ts'
import { query } from '../../support/rows.ts'
import { runs } from '../../support/runs.ts'
import { mayMean, typosBetween } from '../../support/typo.ts'

const app = await startTestApp()
const now = app.runtime.now()

async function page(input: object, bounds = BOUNDS, tenant = app.tenant) {
  const ctx = { ...contextAt(app, now), tenant }
  const { data, pagination } = await listCustomers(ctx, ListCustomers.parse(input), bounds)
  return { ids: data.map(({ id }) => id), ...pagination }
}

const find = async (q: string, tenant?: string) =>
  (await page({ q, limit: 100 }, BOUNDS, tenant)).ids

type Names = readonly [first: string, last: string]

/** First and last names; in some scripts they are written as one word. */
const scripts = {
  Latin: ['Katharina', 'Brückner'],
  Polish: ['Wojciech', 'Łukaszewicz'],
  Vietnamese: ['Phương', 'Nguyễn'],
  Turkish: ['Işılay', 'Yıldırım'],
  Cyrillic: ['Екатерина', 'Соколова'],
  Greek: ['Αλέξανδρος', 'Παπαδόπουλος'],
  Armenian: ['Հովհաննես', 'Սարգսյան'],
  Georgian: ['ნინო', 'ბერიძე'],
  Arabic: ['عبدالرحمن', 'الحسيني'],
  Persian: ['شهرزاد', 'کریمی'],
  Hebrew: ['אברהם', 'רוזנברג'],
  Devanagari: ['प्रियंका', 'चतुर्वेदी'],
  Tamil: ['கார்த்திக்', 'சுப்பிரமணி'],
  Thai: ['สมชาย', 'ใจดีมาก'],
  Khmer: ['សុខា', 'ចាន់ធី'],
  Kana: ['はなこ', 'やまもと'],
  Han: ['小明', '欧阳'],
  Hangul: ['민수', '남궁'],
} as const satisfies Readonly<Record<string, Names>>
const together = new Set<string>(['Kana', 'Han', 'Hangul'])
const people = Object.entries(scripts)
const ids = await settleNamed(
  app.tenant,
  people.map(([, [firstName, lastName]]) => ({ firstName, lastName })),
)

/** A word as it is stored. */
const folded = (name: string): string => nameKey(name).split('  ')[0] ?? ''

/** The word with a typo in the first letter, in one in the middle, and in the last. */
const misspelt = (word: string, kind: Kind): string[] => {
  const letters = [...word]
  return [0, Math.floor(letters.length / 2), letters.length - 1].map(
    (at) => misspell(word, kind, at, letters.at(at - 2) ?? '') ?? word,
  )
}

/** What is typed: the words in either order, with a typo in one of them or in both; or the only word. */
function typed(script: string, [first, last]: Names, kind: Kind, turn: number): string[] {
  const words = [folded(first), folded(last)]
  const isOne = together.has(script)
  const wholes = isOne ? [words.join(''), words.toReversed().join('')] : words
  const wrong = wholes.map((word) => misspelt(word, kind))
  const at = (word: number, place: number) => wrong[word]?.[(place + turn) % 3] ?? ''
  if (isOne) return [0, 1, 2].flatMap((place) => [at(0, place), at(1, place)])
  return [`${at(0, 0)} ${words[1]}`, `${words[0]} ${at(1, 1)}`, `${at(1, 2)} ${at(0, 2)}`, at(1, 0)]
}

describe('a misspelt name finds the person', () => {
  test.each(
    people.flatMap(([script, names], i) => kinds.map((kind, k) => ({ script, kind, names, i, k }))),
  )('$script, a letter $kind', async ({ script, kind, names, i, k }) => {
    for (const q of typed(script, names, kind, i + k)) {
      const found = await find(q)
      expect([q, found]).toEqual([q, expect.arrayContaining([ids[i]])])
    }
  })

  test.each(people)('%s: with two typos in a word it does not', async (script, [first, last]) => {
    const word = together.has(script) ? folded(last) + folded(first) : folded(last)
    const other = script === 'Cyrillic' ? 'q' : 'ж'
    for (const places of [
      [0, word.length - 1],
      [1, 2],
    ]) {
      const q = places.reduce((text, at) => misspell(text, 'replaced', at, other) ?? '', word)
      expect(typosBetween(word, q)).toBe(2)
      expect([q, await find(q)]).toEqual([q, []])
    }
  })
})

test('a word means what differs from it by one letter, whatever the words are', async () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcü1'), minLength: 1, maxLength: 6 })
  const all = [...new Set(fc.sample(word, 150).map(nameKey))]
  const tenant = app.otherTenant
  const holders = await settleNamed(
    tenant,
    all.map((lastName) => ({ lastName })),
  )
  const typedWords = fc.sample(word, runs(60, 1000)).map(nameKey)
  for (const q of typedWords) {
    const begun = all.filter((it) => it.startsWith(q))
    const meant = all.filter((it) => !/\d/.test(it) && mayMean(q, it))
    const wanted = begun.length > 0 ? begun : meant
    const found = await find(q, tenant)
    expect([q, found.toSorted()]).toEqual([
      q,
      wanted.map((it) => holders[all.indexOf(it)]).toSorted(),
    ])
  }
})

describe('a guess is made', () => {
  const tenant = 'guessing'
  const find = async (filter: object, bounds = BOUNDS) => {
    const found = await page({ sort: 'createdAt:asc', count: 'exact', ...filter }, bounds, tenant)
    return {
      found: found.ids.map((id) => places.indexOf(id)),
      total: found.total,
      isExact: found.totalIsExact,
    }
  }
  let places: string[] = []
  beforeAll(async () => {
    places = await settleNamed(tenant, [
      { firstName: 'Anna', lastName: 'Müller', country: 'DE' },
      { firstName: 'Anna', lastName: 'Mueler', country: 'US' },
      { firstName: 'Anan', lastName: 'Miller', country: 'DE' },
      { firstName: 'Jan', lastName: 'van den Berg', country: 'NL' },
      { firstName: 'Siobhan', lastName: "O'Brien", country: 'IE' },
      { firstName: 'Marie-Claire', lastName: 'García Fernández', country: 'ES' },
    ])
  })

  test('only if nobody matches the search together with the other filters', async () => {
    expect(await find({ q: 'mueler' })).toEqual({ found: [1], total: 1, isExact: true })
    expect(await find({ q: 'mueler', country: 'DE' })).toEqual({
      found: [0],
      total: 1,
      isExact: true,
    })
    expect(await find({ q: 'mueler', country: 'FR' })).toEqual({
      found: [],
      total: 0,
      isExact: true,
    })
    expect(await find({ q: 'mulle', country: 'DE' })).toMatchObject({ found: [0] })
    expect(await find({ q: 'mueler', id: [places[0]] })).toMatchObject({ found: [0] })
  })

  test('with the fewest wrong words first, then in the order of the list', async () => {
    expect(await find({ q: 'anna mller' })).toMatchObject({ found: [0, 2] })
    expect(await find({ q: 'anan mulelr' })).toMatchObject({ found: [0] })
    expect(await find({ q: 'mller', sort: 'createdAt:desc' })).toMatchObject({ found: [2, 0] })
    expect(await find({ q: 'mller', sort: 'lastName:asc' })).toMatchObject({ found: [2, 0] })
  })

  test.each([
    ['obrein', 4],
    ["o'brein", 4],
    ['brein', 4],
    ['vandenbreg', 3],
    ['van den breg jan', 3],
    ['van dne berg', 3],
    ['marieclaire fernandes', 5],
    ['garcia fernandes', 5],
    ['jna vandenberg', 3],
  ])('of words that are joined or apart: %s', async (q, place) => {
    expect([q, await find({ q })]).toEqual([q, { found: [place], total: 1, isExact: true }])
  })

  test('of no mail address, number or single letter', async () => {
    for (const q of ['anan@mulelr', 'anna@muller.example', '12345', 'x', 'anna 1234']) {
      expect([q, await find({ q })]).toMatchObject([q, { found: [] }])
    }
  })

  test('of a bounded number of customers, and says so', async () => {
    const crowd = await settleNamed(
      'crowded',
      Array.from({ length: 30 }, () => ({ lastName: 'Schneider' })),
    )
    const bounds = { ...BOUNDS, likely: 10 }
    for (const sort of ['createdAt:desc', 'lastName:asc', 'totalSpent:desc']) {
      const first = await page(
        { q: 'schnieder', sort, limit: 6, count: 'capped' },
        bounds,
        'crowded',
      )
      const cursor = first.nextCursor
      const second = await page({ q: 'schnieder', sort, limit: 6, cursor }, bounds, 'crowded')
      expect(first).toMatchObject({ total: 10, totalIsExact: false, hasMore: true })
      expect([first.ids.length, second.ids.length, second.nextCursor]).toEqual([6, 4, null])
      expect([...first.ids, ...second.ids].toSorted()).toEqual(crowd.slice(-10).toSorted())
    }
    await query(
      `insert into "group" (tenant, key, created_at, updated_at) values ('crowded', 'vip', now(), now())`,
    )
    await query(
      `insert into membership (tenant, group_key, customer_id, source, added_at) select 'crowded', 'vip', unnest($1::text[]), 'manual', now()`,
      [crowd.slice(0, 2)],
    )
    const few = await page({ q: 'schnieder', group: 'vip', count: 'exact' }, bounds, 'crowded')
    expect(few).toMatchObject({ ids: crowd.slice(0, 2).reverse(), total: 2, totalIsExact: true })
  })
})

test.each([
  ['Anna', 'Müller', ['anna', 'muller']],
  ['Jean-Luc', "O'Brien", ['brien', 'jean', 'jeanluc', 'luc', 'obrien']],
  ['Marie-Claire', 'García Fernández', ['claire', 'fernandez', 'garcia', 'marie']],
  ['Ana María', 'van der Berg', ['ana', 'anamaria', 'berg', 'maria', 'van', 'vanderberg']],
  ['小明', '王', ['小明王', '王小明']],
  ['Louis 14', 'X', ['louis']],
  ['🌸', 'a'.repeat(31), []],
])('the dictionary has of %s %s: %j', async (first, last, words) => {
  const [row] = await query<{ words: string[] }>('select spelled_words($1, $2) as words', [
    nameKey(first),
    nameKey(last),
  ])
  expect(row?.words.toSorted()).toEqual(words)
})
