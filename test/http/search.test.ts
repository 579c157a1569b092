import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { contextAt } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'
import { query } from '../support/rows.ts'
import { runs } from '../support/runs.ts'

const app = await startTestApp()
const { call } = app
let people = 0

async function create(names: object): Promise<string> {
  const email = `search${++people}@example.com`
  const { status, body } = await call('POST', '/customer', { body: { email, ...names } })
  expect([status, names]).toEqual([201, names])
  return body.id
}

/** So narrow that no scan fills a page, and the words are looked up. */
const BY_WORDS = {
  near: 1,
  scan: 1,
  sets: 100_000,
  joined: 1,
  wide: 1,
  far: 1,
  joinedLast: 1,
  last: 1,
  probe: 1,
  named: 1000,
  likely: 100,
}

async function listed(q: string, bounds?: typeof BY_WORDS): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const input = ListCustomers.parse({ q, limit: 100, cursor })
    const page = await listCustomers(contextAt(app, app.runtime.now()), input, bounds)
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.pagination.nextCursor ?? undefined
  } while (cursor !== undefined)
  return ids
}

/** The ids that a search finds: the same ones by a scan of all customers and by looking the words up. */
async function find(q: string): Promise<string[]> {
  const ids = await listed(q)
  expect([q, await listed(q, BY_WORDS)]).toEqual([q, ids])
  return ids
}

describe('a name is found by what people type', () => {
  test.each<[string, { firstName?: string; lastName?: string }, string[]]>([
    [
      'Japanese',
      { firstName: '太郎', lastName: '山田' },
      ['山田太郎', '太郎山田', '山田 太郎', '太郎　山田', '山田太', '山', '太郎', '郎', '田'],
    ],
    ['Japanese in one field', { lastName: '佐藤花子' }, ['佐藤花子', '佐藤', '花子', '花子 佐藤']],
    [
      'Japanese with a space in one field',
      { lastName: '鈴木　一郎' },
      ['鈴木一郎', '鈴木 一郎', '一郎'],
    ],
    [
      'kana',
      { firstName: 'ハナコ', lastName: 'サトウ' },
      ['さとうはなこ', 'ｻﾄｳﾊﾅｺ', 'サトウ ハナコ', 'はなこさとう', 'はな'],
    ],
    [
      'Chinese',
      { firstName: '小明', lastName: '王' },
      ['王小明', '小明王', '小明', '明', '王 小明', '王'],
    ],
    ['Korean', { firstName: '민수', lastName: '김' }, ['김민수', '민수김', '김 민수', '민수']],
    [
      'Thai',
      { firstName: 'สมชาย', lastName: 'ใจดี' },
      ['สมชายใจดี', 'ใจดีสมชาย', 'สมชาย ใจดี', 'สมชาย\u200bใจดี', 'ใจดี'],
    ],
    ['Lao', { firstName: 'ສົມສັກ', lastName: 'ແກ້ວ' }, ['ສົມສັກແກ້ວ', 'ແກ້ວສົມສັກ', 'ແກ້ວ ສົມສັກ']],
    ['Khmer', { firstName: 'សុខា', lastName: 'ចាន់' }, ['ចាន់សុខា', 'សុខាចាន់', 'ចាន់ សុខា']],
    ['Burmese', { firstName: 'အောင်', lastName: 'စု' }, ['အောင်စု', 'စုအောင်', 'စု အောင်']],
    ['two scripts', { firstName: 'Jane', lastName: '山本' }, ['Jane山本', '山本Jane', 'jane 山本']],
    [
      'Arabic',
      { firstName: 'أَحْمَد', lastName: 'الكـريم' },
      ['احمد', 'أحمد الكريم', 'الکریم إحمد', 'الكريم'],
    ],
    [
      'Persian',
      { firstName: 'علی\u200cرضا', lastName: 'کریمی' },
      ['عليرضا', 'علی رضا', 'علی\u200cرضا كريمي', 'كريمى', 'رضا کریمی علی'],
    ],
    ['Urdu', { firstName: 'فاطمہ', lastName: 'شیخ' }, ['فاطمة', 'فاطمه شيخ']],
    ['Hebrew', { firstName: 'שָׂרָה', lastName: 'כֹּהֵן' }, ['שרה', 'כהן שרה', 'כהנ', 'שָׂרָה כהן']],
    ['Hindi', { firstName: 'प्रिया', lastName: 'शर्मा' }, ['प्रिया शर्मा', 'शर्मा', 'प्रि']],
    [
      'apostrophes',
      { firstName: 'Sinéad', lastName: 'O’Brien' },
      ["O'Brien", 'O Brien', 'OBrien', 'brien', 'o´brien sinead', 'Sinead O Brien', 'sinead obr'],
    ],
    [
      'no apostrophe',
      { firstName: 'Pat', lastName: 'OBrien' },
      ["O'Brien", 'O Brien', 'Pat O Brien', 'O Brien Pat', 'O-Brien'],
    ],
    ['elision', { firstName: 'Luca', lastName: "D'Angelo" }, ['Angelo', 'D Angelo', 'dangelo']],
    [
      'hyphens',
      { firstName: 'Jean-Pierre', lastName: 'Dupont' },
      ['jeanpierre', 'Jean Pierre', 'Pierre Dupont', 'dupont jean-pierre', 'JEANPIERRE DUPONT'],
    ],
    [
      'particles',
      { firstName: 'Jan', lastName: 'van der Berg' },
      ['vanderberg', 'van derberg', 'Vander Berg', 'berg jan', 'Jan VanDerBerg'],
    ],
    [
      'joined particles',
      { firstName: 'Eva', lastName: 'Vanderberg' },
      ['van der berg eva', 'Eva van der Berg', 'vander berg'],
    ],
    ['Scots', { firstName: 'Ian', lastName: 'McDonald' }, ['mc donald', 'Ian Mc Donald']],
    [
      'letters with strokes',
      { firstName: 'Øystein', lastName: 'Wałęsa-Weiß' },
      ['oystein', 'WALESA', 'weiss', 'WEISS', 'Walesa Weiß'],
    ],
    ['Turkish', { firstName: 'Işıl', lastName: 'İnönü' }, ['isil', 'IŞIL', 'inonu', 'İNÖNÜ ışıl']],
    ['Greek', { firstName: 'Νίκος', lastName: 'Ανδρέου' }, ['ΝΙΚΟΣ', 'νικοσ', 'ΑΝΔΡΈΟΥ Νικος']],
    ['ligatures', { firstName: 'ﬁnn', lastName: 'Æbel' }, ['finn', 'FINN aebel']],
    ['emoji alone', { firstName: '🌸', lastName: '🦊🐻' }, ['🌸', '🦊', '🦊🐻 🌸', '🌸 🦊🐻']],
    ['an emoji in a name', { firstName: 'Mia🌵' }, ['mia', '🌵', 'Mia🌵', 'Mia 🌵']],
    ['one letter', { firstName: 'Q', lastName: 'Ÿ' }, ['q y', 'ÿ q', 'Q']],
    [
      'an at sign',
      { firstName: 'J@ne', lastName: '@home' },
      ['J@ne', '@home', 'j@ne @home', 'j@n'],
    ],
    ['signs alone', { firstName: '$', lastName: '???' }, ['$', '???', '$ ???', '??? $']],
    ['a sign that like reads', { firstName: '%', lastName: '_\\' }, ['%', '_\\', '_\\ %']],
    ['digits', { firstName: 'Louis ١٤' }, ['louis 14', '14', '１４']],
    ['an apostrophe alone', { lastName: "'" }, ["'"]],
    ['a hamza alone', { lastName: 'ء' }, ['ء']],
  ])('%s', async (_, names, typed) => {
    const id = await create(names)
    const words = () =>
      query('select word from name_word where customer_id = $1 order by word', [id])
    for (const q of typed) expect([q, await find(q)]).toEqual([q, expect.arrayContaining([id])])
    const first = await words()
    await call('PATCH', `/customer/${id}`, { body: { firstName: null, lastName: 'Nobody' } })
    const full = [names.firstName, names.lastName].filter(Boolean).join(' ')
    expect(await find(full)).not.toContain(id)
    expect(await words()).toEqual([])
    await call('PATCH', `/customer/${id}`, { body: { firstName: null, lastName: null, ...names } })
    expect(await words()).toEqual(first)
  })

  test('what is only like it is not found', async () => {
    const id = await create({ firstName: '太郎', lastName: '山田' })
    const other = await create({ firstName: 'Sean', lastName: 'Obrador' })
    for (const q of ['太山', '田山', '郎山田x', '山田花']) expect(await find(q)).not.toContain(id)
    for (const q of ['O Brien', 'an Obrador', 'seanobrador']) {
      expect(await find(q)).not.toContain(other)
    }
  })

  test('a name is found by its new spelling and not by its old one after a change', async () => {
    const id = await create({ firstName: 'Ana María', lastName: 'Núñez' })
    const change = (body: object) => call('PATCH', `/customer/${id}`, { body })
    await change({ firstName: 'Núñez', lastName: 'Ana María' })
    for (const q of ['maria', 'anamaria', 'nunez ana', 'nunez']) expect(await find(q)).toContain(id)
    await change({ firstName: '花子', lastName: '山田' })
    for (const q of ['maria', 'nunez']) expect(await find(q)).not.toContain(id)
    await change({ lastName: '佐藤' })
    expect(await find('佐藤花子')).toContain(id)
    expect(await find('山田花子')).not.toContain(id)
  })
})

describe('an e-mail address is found by its beginning', () => {
  test.each([
    ['info@Bücher.example', ['info@b', 'info@bü', 'INFO@BÜCH', 'info@bücher.', 'info@bücher.ex']],
    ['shop@xn--mnchen-3ya.example', ['shop@mün', 'shop@münchen.example', 'shop@xn--mn']],
    ['почта@пример.рф', ['почта@п', 'ПОЧТА@ПРИМЕР.', 'почта@пример.рф', 'почта@xn--e1']],
    ['jane+tag@mail.example.com', ['jane+tag', 'jane+tag@', 'jane+tag@mail.ex', 'JANE+TAG@MAIL']],
    ['straße@straße.example', ['straße@stra', 'STRAßE@straße.']],
  ])('%s', async (email, typed) => {
    const { body } = await call('POST', '/customer', { body: { email } })
    for (const q of [email, ...typed]) expect([q, await find(q)]).toEqual([q, [body.id]])
    const path = `/customer?q=${encodeURIComponent(email)}`
    expect((await call('GET', path)).body).toMatchObject({ data: [{ email }] })
  })
})

const letters = fc.constantFrom(
  ..."abcxyzABCXYZéÉøØłŁßẞæŒđÐþığİñŞσςΣωΆΐёйЁЖїאבםןףשָׁأإآؤئءةىیکگـًَُ٣۴हिन्दीक्षাংক山田太郎明ヤマガｶﾞーはな김민수สมชายดีລາວខ្មែរမြန်မာ🙂🌸👍🏽❤️_%@.-–'’`ʼ& ،",
  '\u200c',
  '\u200d',
  '\u0301',
  '\u0308',
  'ﬁ',
  'ﷲ',
  '𠮷',
  '㍿',
)
const name = fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))

test('every name that is taken is found by either name and by both, in any order, case and form', async () => {
  await fc.assert(
    fc.asyncProperty(name, name, async (firstName, lastName) => {
      const email = `property${++people}@example.com`
      const made = await call('POST', '/customer', { body: { email, firstName, lastName } })
      expect(made.status).toBe(201)
      const { id, firstName: first, lastName: last } = made.body
      const both = first && last ? [`${first} ${last}`, `${last} ${first}`] : []
      const typed = [first, last, ...both].filter(Boolean).flatMap((text: string) => {
        return [text, text.toUpperCase(), text.toLowerCase(), text.normalize('NFD')]
      })
      for (const q of new Set(typed)) {
        const found = await find(q)
        expect([q, found]).toEqual([q, expect.arrayContaining([id])])
      }
    }),
    { numRuns: runs(8, 100) },
  )
}, 60_000)
