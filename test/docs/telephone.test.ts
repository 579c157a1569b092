import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call } = app

const page = await readFile(join(import.meta.dirname, '../../docs/recipes.md'), 'utf8')
const script = /<!-- run: telephone -->\n```sh\n([\s\S]*?)\n```/.exec(page)?.[1] ?? ''
const found = /<!-- searches -->\n```json\n([\s\S]*?)\n```/.exec(page)?.[1] ?? '[]'
const searches: readonly { says: string; ask: object[] }[] = JSON.parse(found)

/** The calls of the page: method, path, body. */
const calls = [...script.matchAll(/ask (\w+) (\S+)(?: '([^']*)')?/g)].filter(
  ([, method]) => method !== undefined && /^[A-Z]+$/.test(method),
)

/** Somebody with the same values, but for one digit or letter of each. */
const twin = await call('POST', '/customer', {
  body: { email: 'rose@example.org', firstName: 'Rose', lastName: 'Miller', phone: '+49301234568' },
})
await call('POST', `/customer/${twin.body.id}/address`, {
  body: {
    line1: 'Haupstr. 4',
    city: 'Bonn',
    postalCode: '10116',
    country: 'DE',
    company: 'Muller & Som',
  },
})
let id = ''
const answers: { path: string; status: number; body: Record<string, never> }[] = []
for (const [, method = '', path = '', body] of calls) {
  const { status, ...answer } = await call(method, path.replace('$ID', id), {
    ...(body === undefined ? {} : { body: JSON.parse(body) }),
  })
  answers.push({ path, status, body: answer.body })
  if (path === '/customer/find-or-create') id = answer.body.id
}
await app.db.run([
  sql`update customer set status = 'active', email_verified_at = created_at where tenant = ${app.tenant} and id = ${id}`,
])

test('the calls of the page find the one who calls', () => {
  expect(answers.map(({ path, status }) => [path, status])).toEqual([
    ['/customer/find-or-create', 201],
    ['/customer/$ID/address', 201],
    ['/customer/$ID/order/A-1001', 200],
    ['/customer/search', 200],
    ['/customer/search', 200],
    ['/order/A-1001', 200],
  ])
  const [, , , byPhone, byName, order] = answers.map(({ body }) => body)
  for (const list of [byPhone, byName]) expect(list).toMatchObject({ data: [{ id }] })
  expect(order).toMatchObject({ id: 'A-1001', customer: { id, lastName: 'Müller' } })
})

describe('what people say finds them, and nobody else', () => {
  test.each(searches)('$says', async ({ ask }) => {
    for (const body of ask) {
      const { data } = (await call('POST', '/customer/search', { body })).body
      expect([body, data.map((one: { id: string }) => one.id)]).toEqual([body, [id]])
    }
  })

  test('the page has some of each', () => {
    const fields = searches.flatMap(({ ask }) => ask.flatMap((body) => Object.keys(body)))
    expect([...new Set(fields)].sort()).toEqual(
      [
        'q',
        'phone',
        'orderId',
        'email',
        'street',
        'city',
        'postalCode',
        'company',
        'emailDomain',
      ].sort(),
    )
  })
})
