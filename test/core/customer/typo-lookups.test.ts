import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { type Kind, misspell, typoKinds } from '../../../dev/typo/misspell.ts'
import { nameKey } from '../../../src/core/customer/name-key.ts'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { settleNamed } from '../../support/named.ts'
import { query } from '../../support/rows.ts'
import { runs } from '../../support/runs.ts'
import { mayMean, typosBetween } from '../../support/typo.ts'

const app = await startTestApp()

async function find(q: string, tenant = app.tenant): Promise<string[]> {
  const ctx = { ...contextAt(app, app.runtime.now()), tenant }
  const { data } = await listCustomers(ctx, ListCustomers.parse({ q, limit: 100 }))
  return data.map(({ id }) => id)
}

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
    people.flatMap(([script, names], i) =>
      typoKinds.map((kind, k) => ({ script, kind, names, i, k })),
    ),
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

test.each([
  ['Anna', 'Müller', ['anna', 'muller']],
  ['Jean-Luc', "O'Brien", ['brien', 'jean', 'jeanluc', 'luc', 'obrien']],
  ['Marie-Claire', 'García Fernández', ['claire', 'fernandez', 'garcia', 'marie']],
  ['Ana María', 'van der Berg', ['ana', 'anamaria', 'berg', 'der', 'maria', 'van', 'vanderberg']],
  ['小明', '王', ['小明王', '王小明']],
  ['Louis 14', 'X', ['louis']],
  ['🌸', 'a'.repeat(31), []],
])('the dictionary has of %s %s: %j', async (first, last, words) => {
  const [row] = await query<{ words: string[] }>(
    'select spelled_words($1, $2, name_words($1, $2)) as words',
    [nameKey(first), nameKey(last)],
  )
  expect(row?.words.toSorted()).toEqual(words)
})
