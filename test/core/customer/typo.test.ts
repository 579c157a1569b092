import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { BOUNDS } from '../../../src/core/customer/list.ts'
import { nameKey } from '../../../src/core/customer/name.ts'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { kinds, misspell } from '../../support/misspell.ts'
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
} as const satisfies Readonly<Record<string, readonly [string, string]>>
const together = new Set<string>(['Kana', 'Han', 'Hangul'])
const names = Object.entries(scripts)
const ids = await settleNamed(
  app.tenant,
  names.map(([, [firstName, lastName]]) => ({ firstName, lastName })),
)

/** The places of a typo: the first letter, one in the middle, the last. */
const places = (word: string): number[] => {
  const { length } = [...word]
  return [0, Math.floor(length / 2), length - 1]
}

/** What is typed: the words with typos in some of them, in either order. */
function typed(
  script: string,
  [first, last]: readonly [string, string],
  kind: (typeof kinds)[number],
  turn: number,
): string[] {
  const words = [first, last].map(nameKey)
  const whole = together.has(script) ? [`${words[1]}${words[0]}`, `${words[0]}${words[1]}`] : words
  const wrongs = whole
    .map((word) => word.split('  ')[0] ?? '')
    .map((word) =>
      places(word).map((at) => misspell(word, kind, at, [...word].at(at - 2) ?? '') ?? word),
    )
  const at = (word: number, place: number) => wrongs[word]?.[(place + turn) % 3] ?? ''
  if (together.has(script)) return [0, 1, 2].flatMap((place) => [at(0, place), at(1, place)])
  return [
    ...[`${at(0, 0)} ${whole[1]}`, `${whole[0]} ${at(1, 1)}`, `${at(1, 2)} ${at(0, 2)}`, at(1, 0)],
  ]
}

describe('a misspelt name finds the person', () => {
  test.each(
    names.flatMap(([script, name], i) => kinds.map((kind, k) => ({ script, kind, name, i, k }))),
  )('$script, a letter $kind', async ({ script, kind, name, i, k }) => {
    for (const q of typed(script, name, kind, i + k)) {
      const found = await find(q)
      expect([q, found]).toEqual([q, expect.arrayContaining([ids[i]])])
    }
  })

  test.each(names)(
    '%s: with two typos in a word it finds nobody',
    async (script, [first, last]) => {
      const whole = together.has(script) ? `${last}${first}${last}` : last
      const word = nameKey(whole).split('  ')[0] ?? ''
      const [a, b] = [0, [...word].length - 1]
      const other = [
        ...nameKey(
          names.at(
            (ids.length + names.findIndex(([it]) => it === script) + 5) % names.length,
          )?.[1][0] ?? '',
        ),
      ]
      const q = misspell(
        misspell(word, 'replaced', a, other[0] ?? '') ?? '',
        'replaced',
        b,
        other[1] ?? '',
      )
      expect(typosBetween(word, q ?? '')).toBe(2)
      expect([q, await find(q ?? '')]).toEqual([q, []])
    },
  )
})
