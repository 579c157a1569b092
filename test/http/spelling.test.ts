import { describe, expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { LIST_SEARCH_BOUNDS } from '../../src/core/customer/list.ts'
import { contextAt } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'
import { runs } from '../support/runs.ts'

const app = await startTestApp()
const { call } = app
const ctx = contextAt(app, app.runtime.now())
let people = 0

/** A country that has no rules for addresses. */
const nowhere = { line1: 'x', country: 'BV', imported: true }

async function live(home: object): Promise<string> {
  const body = { email: `spelling${++people}@example.com` }
  const { id } = (await call('POST', '/customer', { body })).body
  const { status } = await call('POST', `/customer/${id}/address`, {
    body: { ...nowhere, ...home },
  })
  expect([home, status]).toEqual([home, 201])
  return id
}

const BY_KEYS = { ...LIST_SEARCH_BOUNDS, near: 1, scan: 1, sets: 100_000, probe: 1 }

/** The ids that a filter finds by keys. */
async function findByKeys(filter: object): Promise<string[]> {
  const { data } = await listCustomers(ctx, ListCustomers.parse({ ...filter, limit: 100 }), BY_KEYS)
  return data.map(({ id }) => id)
}

/** The ids that a filter finds: the same ones by a scan and by keys, and as many as are counted. */
async function find(filter: object): Promise<string[]> {
  const input = ListCustomers.parse({ ...filter, limit: 100, count: 'exact' })
  const { data, pagination } = await listCustomers(ctx, input)
  const ids = data.map(({ id }) => id)
  expect([filter, await findByKeys(filter)]).toEqual([filter, ids])
  expect([filter, pagination.total]).toEqual([filter, ids.length])
  return ids
}

/** Spellings of one thing. */
const same = {
  street: [
    [
      'Hauptstraße 5',
      'Hauptstrasse 5',
      'Hauptstr. 5',
      'Haupt Straße 5',
      'Haupt-Straße 5',
      'Haupt-Str. 5',
      'HAUPTSTR 5',
      'hauptstr.5',
      'hauptstr5',
      'Hauptstraße Nr. 5',
      'Hauptstraße No 5',
      'Ｈａｕｐｔｓｔｒａßｅ ５',
      '5, Hauptstraße',
    ],
    ['Ring 12a', 'Ring 12 a', 'Ring 12A', 'Ring 12-A', 'Ring 12/a', 'RING 12 A'],
    ['Markt 12-14', 'Markt 12 - 14', 'Markt 12–14', 'Markt 12/14', 'Markt 12 14', 'Markt 12–14.'],
    ['Gasse 12/3', 'Gasse 12 / 3', 'Gasse 12-3', 'Gasse 12, 3', 'Gasse 12 Nr. 3'],
    ['Weg 12½', 'Weg 12 ½', 'Weg 12 1/2'],
    ['123 Main Street', '123 Main St', '123 Main St.', '123 MAIN ST', '123, Main Str.'],
    [
      '100 North Oak Avenue Apartment 4',
      '100 N Oak Ave Apt 4',
      '100 N. Oak Av., Apt. 4',
      '100 north oak ave apartment 4',
    ],
    ['5 Saint James Square', '5 St. James Sq', '5 St James Square', '5 ST-JAMES SQ.'],
    ['9 Kalverstraat', 'Kalverstraat 9', 'Kalverstr. 9', 'Kalver Straat 9', 'KALVER-STR. 9'],
    ['Marktplatz 1', 'Marktpl. 1', 'Markt-Platz 1', 'Markt Platz 1', 'MARKTPL 1'],
    ['Rue de l’Église 12', 'rue de l eglise 12', "R. de l'Église 12", 'Rue de leglise 12'],
    [
      'Boulevard Saint-Germain 7',
      'Bd St-Germain 7',
      'Blvd. St. Germain 7',
      'Boul. Saint Germain 7',
    ],
    ['Avenida Brasil 10', 'Av. Brasil 10', 'Avda. Brasil 10', 'AVENIDA BRASIL, 10'],
    ['улица Ленина 5', 'ул. Ленина 5', 'УЛ ЛЕНИНА 5', 'Ленина ул., 5'],
    ['Müllerstraße 8', 'Muellerstr. 8', 'Muller Str. 8', 'MÜLLER-STRASSE 8', 'Mueller Strasse 8'],
    ['N 5, 12', 'N5, 12', 'N5 12'],
    ['O’Connell Street 1', "O'Connell St 1", 'OConnell St 1', 'O Connell Street 1'],
    ['丸の内1-1-1', '丸の内１ー１ー１', '丸の内1丁目1番1号', '丸の内 1-1-1'],
    ['테헤란로 152', '테헤란로152'],
    ['שדרות רוטשילד 5', 'שדרות רוטשילד, 5', 'שְׂדֵרוֹת רוטשילד 5'],
    ['شارع الملك فهد ١٢', 'شارع الملك فهد 12', 'شارع الملک فهد، ۱۲'],
    ['ถนนสุขุมวิท 21', 'ถนนสุขุมวิท21', 'ถนนสุขุมวิท ๒๑'],
    ['რუსთაველის 5', 'ᲠᲣᲡᲗᲐᲕᲔᲚᲘᲡ 5'],
    ['एम जी रोड १२', 'एम जी रोड 12', 'एम. जी. रोड 12'],
  ],
  company: [
    ['E.ON', 'eon', 'E ON', 'e.on', 'E-ON'],
    ['Acme B.V.', 'Acme BV', 'Acme B V', 'ACME b.v.', 'Acme, B. V.'],
    ['AT&T', 'at t', 'att', 'AT & T', 'AT and T', 'AT+T'],
    ['Firma S.à r.l.', 'Firma Sàrl', 'Firma SARL', 'Firma S.A.R.L.', 'Firma S à r l'],
    ['H&M', 'H & M', 'HM', 'H und M', 'h+m'],
    ['C&A', 'C & A', 'CA', 'C und A', 'c + a'],
    ['O’Neill', "O'Neill", 'ONeill', 'O Neill', 'O-Neill'],
    ['3M', '3 M', '3-M', '３Ｍ'],
    ['1&1', '1 & 1', '1 und 1', '1und1', '1UND1', '1 + 1'],
    ['7-Eleven', '7 Eleven', '7Eleven', '7‑ELEVEN'],
    [
      'Müller & Söhne GmbH',
      'Müller und Söhne GmbH',
      'Mueller + Soehne GmbH',
      'MÜLLER&SÖHNE GMBH',
      'Muller Sohne GmbH',
    ],
    ['Bau GmbH & Co. KG', 'Bau GmbH und Co KG', 'Bau GmbH&Co.KG', 'Bau GmbH & Company KG'],
    ['Smith Bros. Ltd.', 'Smith Brothers Limited', 'Smith Bros Ltd', 'SMITH BROTHERS LTD'],
    ['Co-op', 'Coop', 'Co op', 'CO-OP', 'co.op'],
    ['McDonald’s', "McDonald's", 'McDonalds', 'Mc Donald’s', 'Mc Donalds'],
    ['U.S.A. Imports', 'USA Imports', 'U S A Imports', 'usa-imports'],
    ['L’Oréal', 'LOreal', "L'Oreal", 'L Oréal'],
    ['Dr. Oetker', 'Dr Oetker', 'DR.OETKER', 'Dr. Ötker', 'DrOetker'],
    ['Ben & Jerry’s', 'Ben and Jerrys', "Ben Jerry's", 'BEN&JERRYS'],
    ['ヤマダ電機', 'やまだ電機', 'ﾔﾏﾀﾞ電機', 'ヤマダ 電機'],
    ['ООО «Ромашка»', 'ООО Ромашка', 'ооо ромашка'],
    ['김앤장 법률사무소', '김앤장법률사무소'],
  ],
  city: [
    ['St. Gallen', 'Sankt Gallen', 'St Gallen', 'Sankt-Gallen', 'SAINT GALLEN', 'St.Gallen'],
    ['Saint-Étienne', 'St-Etienne', 'St Étienne', 'Saint Etienne', 'ST. ETIENNE'],
    ['L’Aquila', "L'Aquila", 'LAquila', 'l aquila'],
    ['São Paulo', 'Sao Paulo', 'SAO-PAULO', 'SaoPaulo'],
    ['New York', 'NewYork', 'new-york'],
    ['Zürich', 'Zuerich', 'ZURICH', 'zürich'],
    ['Frankfurt (Oder)', 'Frankfurt/Oder', 'Frankfurt-Oder', 'FRANKFURT ODER'],
    ['東京都', '東京 都', '東京　都'],
    ['Москва', 'МОСКВА'],
    ['서울 특별시', '서울특별시'],
  ],
} as const

describe.each(['street', 'company', 'city'] as const)('a %s', (field) => {
  const stored = field === 'street' ? 'line1' : field
  test.each(same[field].map((spellings) => [spellings[0], spellings] as const))(
    'as %s is found by each spelling of it, whichever is stored',
    async (_, spellings) => {
      const ids: string[] = []
      for (const spelling of spellings) ids.push(await live({ [stored]: spelling }))
      for (const [i, typed] of spellings.entries()) {
        // A scan and a count read the text as keys do.
        const search = i === 0 ? find : runs(findByKeys, find)
        const found = new Set(await search({ [field]: typed }))
        const missed = spellings.filter((_, i) => !found.has(ids[i] ?? ''))
        expect([typed, missed]).toEqual([typed, []])
      }
    },
  )
})

test.each([
  [
    'line1',
    'Boulevard Saint-Germain 7',
    'street',
    ['bvd saintgermain 7', 'BD STGERMAIN 7', 'stger'],
  ],
  [
    'line1',
    'Hauptstraße 51',
    'street',
    ['hauptstr', 'Hauptstra', 'haupt', 'haupt stra', 'hauptstr 5', '51 haupts'],
  ],
  ['line1', '9 Road to North Bay', 'street', ['roa', 'r', 'nor', 'north b', 'road bay']],
  ['line1', 'Am Neuen Markt 3', 'street', ['neu', 'neue', 'neuen mar', 'am n']],
  [
    'company',
    'Stone International Corporation',
    'company',
    ['inter', 'corp', 'corpo stone', 'intl'],
  ],
  ['city', 'Bad Sankt Leonhard', 'city', ['bad', 'bad s', 'bad san', 'bad st', 'bad saint l']],
])('%s %s is found as a %s by beginnings: %j', async (stored, text, field, asked) => {
  const id = await live({ [stored]: text })
  for (const typed of asked) {
    expect([typed, await find({ [field]: typed })]).toEqual([typed, expect.arrayContaining([id])])
  }
})

test.each([
  ['line1', 'Ring 12 3', 'street', ['123', 'ring 123', '12 4', 'ring 3 x']],
  ['line1', 'Gasse 1/23', 'street', ['12/3', '123', 'gasse 12']],
  ['line1', 'Stone Square 1', 'street', ['street', 'stone street', 'square 2', 'tone']],
  ['line1', 'Hauptstrand 5', 'street', ['Hauptstraße 5', 'hauptstrasse', 'haupt strasse']],
  ['line1', 'Main Station 4', 'street', ['main street', 'main st. james']],
  ['line1', 'Ring 12b', 'street', ['ring 12a', '12 a', 'ring b']],
  ['company', 'E.OFF', 'company', ['eon', 'e on']],
  ['company', 'Coast Ltd', 'company', ['company', 'coop', 'co st']],
  ['company', 'B & C', 'company', ['bv', 'ac', 'c b x']],
  ['city', 'Stuttgart', 'city', ['Sankt', 'saint', 'st. a']],
  ['city', 'Bad Sankt Leonhard', 'city', ['sankt', 'leonhard', 'badleonhard']],
])('%s %s is not found as a %s by %j', async (stored, text, field, asked) => {
  const id = await live({ [stored]: text })
  for (const typed of asked) {
    expect([typed, await find({ [field]: typed })]).toEqual([
      typed,
      expect.not.arrayContaining([id]),
    ])
  }
})

describe('a postal code', () => {
  test.each([
    ['US', 'NY', '10115-1234', ['10115', '10115-1234', '101151234', '10115 1234', 'NY 10115']],
    ['US', 'NY', '10115', ['10115', '10115-1234', '101151234', '10115 1234', '10115–1234', '1011']],
    ['PT', null, '1000-001', ['1000', '1000-001', '1000001']],
    ['PT', null, '1000', ['1000', '1000-001', '1000001']],
    ['NL', null, '1012 AB', ['1012AB', '1012 ab', '1012', 'NL-1012 AB']],
    ['GB', null, 'SW1A 1AA', ['sw1a1aa', 'SW1A-1AA', 'sw1a']],
    ['JP', null, '100-0005', ['1000005', '〒100-0005', '１００ー０００５']],
    ['CA', 'ON', 'K1A 0B1', ['k1a0b1', 'K1A-0B1', 'k1a']],
    ['TW', null, '10048', ['100', '10048', '100-48']],
    ['TW', null, '100', ['100', '10048', '100048']],
  ])('of %s %s, stored as %s, is found by %j', async (country, state, postalCode, asked) => {
    const id = await live({ country, state, postalCode, city: 'X' })
    for (const typed of asked) {
      const found = await find({ postalCode: typed })
      expect([typed, found]).toEqual([typed, expect.arrayContaining([id])])
      const beside = `nobody ${typed}`
      expect([beside, await find({ q: beside })]).toEqual([beside, []])
    }
  })

  test('that is long is not found by another long one, nor is one that it begins', async () => {
    const long = await live({ country: 'US', state: 'NY', postalCode: '10222-9999', city: 'X' })
    const other = await live({ country: 'DE', postalCode: '102222', city: 'X' })
    expect(await find({ postalCode: '10222-1234' })).toEqual([])
    expect(await find({ postalCode: '10222' })).toEqual([other, long])
  })
})
