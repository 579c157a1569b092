import { expect, test } from 'vitest'
import { ListCustomers, listCustomers } from '#core/customer'
import { LIST_SEARCH_BOUNDS } from '../../src/core/customer/list.ts'
import { contextAt } from '../support/address-book.ts'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'

const app = await startTestApp()
const { call } = app
const { record, merge } = shopIn(app)

const homes: Readonly<Record<string, readonly object[]>> = {
  ann: [
    {
      line1: 'Hauptstraße 5',
      city: 'Berlin',
      postalCode: '10115',
      country: 'DE',
      company: 'Müller & Söhne GmbH',
    },
  ],
  bob: [
    {
      line1: '10 Downing Street',
      city: 'London',
      postalCode: 'SW1A 2AA',
      country: 'GB',
      phone: '+442079460958',
    },
    { line1: 'Rue de l’Église 12', city: 'Paris', postalCode: '75001', country: 'FR' },
  ],
  cat: [
    {
      line1: '100 N Main St',
      line2: 'Apt 7b',
      city: 'San Francisco',
      state: 'CA',
      postalCode: '94105-1234',
      country: 'US',
      company: 'Acme Inc.',
    },
  ],
  dan: [
    {
      line1: '丸の内1-1-1',
      city: '東京都千代田区',
      postalCode: '100-0005',
      country: 'JP',
      company: '株式会社山田',
      imported: true,
    },
  ],
  eve: [{ line1: 'Hauptstr. 51', city: 'Bernau', postalCode: '10117', country: 'DE' }],
  gus: [
    {
      line1:
        'c/o The Honourable Society of the Antient and Noble Order of Bridge Keepers and Lamp Lighters by the Old Mill on the Upper River Wye, Second Courtyard, Third Stair, Fourth Floor on the Left, Door 17',
      line2: '石川県金沢市広坂一丁目二番三号金沢二十一世紀美術館西館三階南側第七会議室気付',
      company:
        'Landesverband Schleswig-Holsteinischer Binnenfischer, Fischzüchter, Wasserwarte und Angler im Bund der Freunde des Wassers e. V., Bezirk Nord, Gruppe Flensburg-Mürwik, Kasse, zu Händen Schatzmeister',
      country: 'BV',
      imported: true,
    },
  ],
  fay: [{ line1: 'Brīvības iela 1', city: 'Rīga', postalCode: 'LV-1010', country: 'LV' }],
}
const own: Readonly<Record<string, object>> = {
  ann: { phone: '+49 30 1234567', firstName: 'Ann', lastName: 'Adler' },
  bob: { firstName: 'Bob', lastName: 'Berlin' },
  cat: { phone: '+1 415 555 0123', firstName: 'Cat', lastName: 'Carr' },
  dan: { firstName: '太郎', lastName: '山田' },
  eve: { phone: '+49 30 1234568', firstName: 'Eve', lastName: 'Adler' },
  fay: { phone: '+39 06 7654321' },
}

/** Makes everybody in one of the tenants. */
async function settle(token: string): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const [name, book] of Object.entries(homes)) {
    const body = { email: `${name}@example.com`, ...own[name] }
    const { id } = (await call('POST', '/customer', { token, body })).body
    for (const home of book) {
      const { status } = await call('POST', `/customer/${id}/address`, { token, body: home })
      expect([name, status]).toEqual([name, 201])
    }
    names.set(id, name)
  }
  return names
}
await settle(app.tokens.stranger)
const names = await settle(app.tokens.service)
const idOf = (wanted: string) => [...names].find(([, name]) => name === wanted)?.[0] ?? ''
await record(idOf('ann'), 'A-1001')
await record(idOf('bob'), '10115')
await record(idOf('cat'), 'c2', { state: 'canceled' })

const nameAll = (data: readonly { id: string }[]) =>
  data.map(({ id }) => names.get(id) ?? '?').sort()

/** So narrow that no scan fills a page, and the keys are looked up. */
const BY_KEYS = { ...LIST_SEARCH_BOUNDS, near: 1, scan: 1, sets: 100_000, probe: 1 }

const ctx = contextAt(app, app.runtime.now())

/** Whom a filter finds, by the keys: who is missing there or does not pass the test of a row is not found. */
async function find(filter: Readonly<Record<string, string>>): Promise<string> {
  const input = ListCustomers.parse({ ...filter, sort: 'email:asc', limit: 100 })
  return nameAll((await listCustomers(ctx, input, BY_KEYS)).data).join(' ')
}

/** Whom it finds by a scan, in a URL and in a body. */
async function ask(filter: Readonly<Record<string, string>>): Promise<string> {
  const url = await call('GET', `/customer?${new URLSearchParams({ ...filter, count: 'exact' })}`)
  const body = await call('POST', '/customer/search', { body: { ...filter, count: 'exact' } })
  expect([filter, url.status, body.text]).toEqual([filter, 200, url.text])
  const found = nameAll(url.body.data)
  expect(url.body.pagination).toMatchObject({ total: found.length, totalIsExact: true })
  return found.join(' ')
}

const cases: Readonly<Record<string, readonly [expected: string, ...asked: string[]][]>> = {
  phone: [
    [
      'ann',
      '+49 30 1234567',
      '0049 (30) 123-4567',
      '+49 (0)30 1234567',
      '030/1234567',
      '0301234567',
    ],
    [
      'ann',
      '(030) 12 34 567',
      '4567',
      '1234567',
      'tel:+49-30-1234567',
      '٠٣٠١٢٣٤٥٦٧',
      '49 30 1234567',
    ],
    ['ann', 'Phone: 030 1234567', '030 1234567 ext. 12', '+49 30 1234567 x9'],
    ['eve', '+49 30 1234568', '4568'],
    ['bob', '020 7946 0958', '+44 20 7946 0958', '+44 (0)20 7946 0958', '0958'],
    ['cat', '(415) 555-0123', '1-415-555-0123', '0123', '5550123'],
    ['fay', '06 7654321', '+39 06 7654321', '0039 06 7654321', '4321'],
    [
      '',
      '+49 30 123456',
      '030 123456',
      '1234569',
      '31 1234567',
      '+44 30 1234567',
      '04567',
      '00000',
    ],
  ],
  country: [
    ['bob', 'FR', 'gb'],
    ['ann eve', 'DE'],
    ['', 'CH'],
  ],
  city: [
    ['ann', 'Berlin', 'BERLIN', 'berl', 'Ｂｅｒｌｉｎ'],
    ['ann eve', 'ber'],
    ['bob', 'paris', 'LONDON'],
    ['cat', 'San Francisco', 'san-fran', 'sán'],
    ['dan', '東京都千代田区', '東京', '千代田'],
    ['fay', 'riga', 'Rīga'],
    ['', 'erlin', 'francisco', 'Berlins', 'tokyo', '京千'],
  ],
  postalCode: [
    ['ann', '10115', 'D-10115', '101 15', '１０１１５', 'DE10115'],
    ['ann eve', '1011'],
    ['ann eve fay', '101', '10 1'],
    ['bob', 'SW1A', 'sw1a2aa', 'SW1A 2AA', 'sw1a-2aa', 'SW1', '75001', 'F-75001'],
    ['cat', '94105', '94105 1234', 'CA 94105', '941051234'],
    ['dan', '100-0005', '1000005', '〒100-0005', '100ー0005'],
    ['fay', 'LV-1010', '1010', 'lv10'],
    ['', '0115', 'W1A', '10116', '941051235', 'SW2A'],
  ],
  street: [
    ['ann eve', 'hauptstr', 'Hauptstr. 5', '5 HAUPTSTR', 'haupt', 'Hauptstraße 5', 'haupt strasse'],
    ['eve', 'hauptstr 51', 'Hauptstraße 51', 'Haupt-Str. 51'],
    ['bob', 'église', 'eglise 12', 'L’ÉGLISE', 'l eglise', 'downing', '10 downing street'],
    ['cat', '100 main', '100 N Main St.', 'main 7b', 'apt 7'],
    ['dan', '丸の内1-1-1', '丸の内', '内1', '丸の内 1'],
    [
      'gus',
      'door 17',
      'fourth floor left',
      'Antient lighters',
      '石川県',
      '気付',
      '会議室 honourable',
    ],
    ['', 'downing eglise', 'auptstr', '52 hauptstr', 'n100', '内丸'],
  ],
  company: [
    ['ann', 'muller', 'SÖHNE müller', 'gmbh', 'Müller & Söhne'],
    ['cat', 'acme', 'Inc Acme'],
    ['dan', '株式会社山田', '山田', '会社'],
    ['gus', 'schatzmeister', 'Mürwik', 'landesverband schatzmeister', 'holsteinischer'],
    ['', 'cme', 'acme gmbh', 'Hauptstr'],
  ],
  orderId: [
    ['ann', 'A-1001'],
    ['cat', 'c2'],
    ['', 'a-1001', 'A-100', 'A-10011', '1001'],
  ],
  q: [
    [
      'ann',
      '030 1234567',
      '+49 30 1234567',
      '4567',
      'A-1001',
      'ann 10115',
      '10115 Adler',
      'adler 4567',
    ],
    ['ann', 'adler D-10115', 'Ann Adler 030 1234567', 'ann@ex'],
    // An order number, a postal code.
    ['ann bob', '10115'],
    ['bob', 'SW1A 2AA', 'sw1a', 'bob SW1A 2AA', 'SW1A Berlin', 'berlin', '75001'],
    ['dan', '山田 100-0005', '100-0005', '太郎 100'],
    ['ann eve', 'adler', 'adler 101'],
    [
      '',
      'ann 10117',
      'cat 10115',
      'adler 94105',
      '103',
      'london',
      'acme',
      'hauptstr',
      'a-1001',
      'eve 4567',
    ],
  ],
}

test.each(Object.keys(cases))(
  '%s finds whom it should, and nobody who is like them',
  async (field) => {
    for (const [expected, ...asked] of cases[field] ?? []) {
      for (const text of asked) {
        expect([text, await find({ [field]: text })]).toEqual([text, expected])
      }
      expect([asked[0], await ask({ [field]: asked[0] ?? '' })]).toEqual([asked[0], expected])
    }
  },
)

test('each filter is met by any address, and all filters by one customer', async () => {
  expect(await find({ city: 'london', postalCode: '75001', phone: '0958' })).toBe('bob')
  expect(await find({ city: 'london', country: 'DE' })).toBe('')
  expect(await find({ city: 'ber', street: 'hauptstr', country: 'DE' })).toBe('ann eve')
  expect(await find({ q: 'adler', postalCode: '10117' })).toBe('eve')
})

test.each([
  [{ phone: '123' }, 'phone too_small'],
  [{ phone: 'call me' }, 'phone too_small'],
  [{ phone: '٤٥٦' }, 'phone too_small'],
  [{ phone: ' ' }, 'phone too_small'],
  [{ phone: '1'.repeat(61) }, 'phone too_big'],
  [{ postalCode: '--' }, 'postalCode too_small'],
  [{ postalCode: '1'.repeat(21) }, 'postalCode too_big'],
  [{ city: '' }, 'city too_small'],
  [{ street: ' ' }, 'street too_small'],
  [{ company: '\u200b' }, 'company too_small'],
  [{ country: 'Germany' }, 'country invalid_country'],
  [{ orderId: 'a b' }, 'orderId invalid_format'],
  [{ sort: 'firstname:asc' }, 'sort invalid_value'],
])('%o is refused, in a URL and in a body', async (filter, problem) => {
  const answers = [
    await call('GET', `/customer?${new URLSearchParams(filter as Record<string, string>)}`),
    await call('POST', '/customer/search', { body: filter }),
  ]
  for (const { status, body } of answers) {
    const [error] = body.errors ?? []
    expect([status, body.code, `${error?.path} ${error?.code}`]).toEqual([
      422,
      'invalid_input',
      problem,
    ])
  }
})

test('a change, a merge, its undo and a deletion are followed', async () => {
  const make = async (body: object) => (await call('POST', '/customer', { body })).body.id
  const [one, other] = [
    await make({ email: 'one@example.com', phone: '+43 1 5550001' }),
    await make({ email: 'other@example.com', locale: 'de-AT', phone: '+43 1 5550002' }),
  ]
  names.set(one, 'one').set(other, 'other')
  const home = { line1: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' }
  const added = await call('POST', `/customer/${one}/address`, { body: home })
  await call('POST', `/customer/${other}/address`, { body: { ...home, line1: 'Gasse 2' } })
  const found = async () => [
    await find({ city: 'wien' }),
    await find({ street: 'ring' }),
    await find({ street: 'gasse' }),
    await find({ phone: '5550002' }),
    await find({ locale: 'de' }),
  ]
  const apart = ['one other', 'one', 'other', 'other', 'other']
  expect(await found()).toEqual(apart)
  const { body } = await merge(one, other)
  expect(await found()).toEqual(['one', 'one', 'one', '', 'one'])
  await call('POST', `/merge/${body.id}/undo`)
  expect(await found()).toEqual(apart)
  const address = `/customer/${one}/address/${added.body.id}`
  await call('PATCH', address, { body: { city: 'Graz', line1: 'Platz 3' } })
  expect(await found()).toEqual(['other', '', 'other', 'other', 'other'])
  expect(await find({ street: 'platz', city: 'graz', postalCode: 'A-1010' })).toBe('one')
  await call('PATCH', address, { body: { country: 'AQ', city: null } })
  expect(await find({ country: 'AQ', street: 'platz' })).toBe('one')
  expect([await find({ city: 'graz' }), await find({ postalCode: '1010' })]).toEqual([
    '',
    'fay other',
  ])
  await call('DELETE', address)
  expect([await find({ street: 'platz' }), await find({ country: 'AQ' })]).toEqual(['', ''])
  await call('PATCH', `/customer/${other}`, { body: { phone: null, locale: 'en' } })
  await call('DELETE', `/customer/${other}`)
  expect(await found()).toEqual(['', '', '', '', ''])
})

test('sort=firstName puts those without one last, both ways', async () => {
  const sorted = async (way: string) =>
    (await call('GET', `/customer?sort=firstName:${way}&country=DE`)).body.data.map(
      ({ firstName }: { firstName: string | null }) => firstName,
    )
  const { body } = await call('POST', '/customer', { body: { email: 'none@example.com' } })
  await call('POST', `/customer/${body.id}/address`, {
    body: { line1: 'Weg 9', city: 'Bonn', postalCode: '53111', country: 'DE' },
  })
  expect(await sorted('asc')).toEqual(['Ann', 'Eve', null])
  expect(await sorted('desc')).toEqual(['Eve', 'Ann', null])
})
