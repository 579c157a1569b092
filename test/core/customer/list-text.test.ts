import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'

const app = await startTestApp({ settings: { metadata_filter_keys: ['tier'] } })

/** Texts that would end a literal, a template or an array, or that mean something within one. */
const texts = [
  `it's`,
  `''`,
  `'; select 1; --`,
  `a\\`,
  `\\'`,
  `%1$L`,
  `%%`,
  `%`,
  `$1`,
  `{a,b}`,
  `{}`,
  `"a","b"`,
  `"`,
  `null`,
  `NULL`,
  `a,b`,
  `$$a$$`,
  `😀`,
  `E'\\n'`,
]

test.each(texts)('a filter finds what is stored, and nothing else: %s', async (text) => {
  const email = `t${texts.indexOf(text)}@example.com`
  const made = { email, externalId: text, firstName: 'Ada', metadata: { tier: text } }
  const { status, body } = await app.call('POST', '/customer', { body: made })
  expect([status, body.metadata]).toEqual([201, { tier: text }])
  for (const filter of [
    { 'metadata.tier': text },
    { 'metadata.tier': text, q: 'ada' },
    { externalId: text, 'metadata.tier': text },
    { 'metadata.tier': text, maxOrders: 0, sort: 'totalSpent:asc' },
    { 'metadata.tier': text, sort: 'email:desc', count: 'exact' },
  ]) {
    const { status, body: found } = await app.call('POST', '/customer/search', { body: filter })
    expect([status, found.data.map(({ id }: { id: string }) => id)]).toEqual([200, [body.id]])
  }
})

test.each(texts)('a search for it is no mistake: %s', async (text) => {
  for (const filter of [
    { q: text },
    { city: text },
    { street: text },
    { company: text },
    { group: ['vip'], q: `${text} ada` },
  ]) {
    const { status, body } = await app.call('POST', '/customer/search', {
      body: { ...filter, sort: 'lastName:asc' },
    })
    expect([status, body.code]).toEqual([
      status === 400 ? 400 : 200,
      status === 400 ? 'invalid_input' : undefined,
    ])
  }
})
