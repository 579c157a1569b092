import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readOrderMessage } from '#core/order'
import { formatPostalCode } from '../../src/core/address/postal-code.ts'
import { emailKeyOrNull, emailKeyPrefixes } from '../../src/core/customer/email.ts'
import { nameKey } from '../../src/core/customer/name-key.ts'
import { readSearch } from '../../src/core/customer/search-text-reading.ts'
import { readRetryAfter } from '../../src/core/delivery/schedule.ts'
import { isAllowedUrl } from '../../src/core/delivery/url.ts'
import { groupKey } from '../../src/core/group/key.ts'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import { parseMoment } from '../../src/kernel/moment.ts'
import { messageToJson } from '../../src/queue/message-to-json.ts'
import { readMessage, readTenantOfMessage } from '../../src/queue/read-or-put-back-message.ts'
import { anyText } from '../support/any-text.ts'
import { likely, nasty, stranger } from '../support/likely.ts'

const src = join(import.meta.dirname, '..', '..', 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/^(assets|sdk)\/|\.d\.ts$|^index\.ts$/.test(file),
)

/** Every schema that a module exports, also in a field list or a shape. */
function* schemasIn(value: unknown, name: string, depth = 0): Generator<[string, z.ZodType]> {
  if (value instanceof z.ZodType) yield [name, value]
  else if (typeof value === 'object' && value !== null && depth < 2 && isPlain(value)) {
    for (const [key, part] of Object.entries(value)) {
      yield* schemasIn(part, `${name}.${key}`, depth + 1)
    }
  }
}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype

const schemas = new Map<z.ZodType, string>()
for (const file of files) {
  const module: Record<string, unknown> = await import(join(src, file))
  for (const [name, value] of Object.entries(module)) {
    for (const [path, schema] of schemasIn(value, `${file} ${name}`)) schemas.set(schema, path)
  }
}
for (const { route } of await loadAllRoutes()) {
  const { query, params, body } = route.request ?? {}
  const media = Object.values(body?.content ?? {}).map((one) =>
    one !== undefined && 'schema' in one ? one.schema : undefined,
  )
  for (const schema of [query, params, ...media]) {
    if (schema instanceof z.ZodType) schemas.set(schema, route.key)
  }
}

describe('no schema throws, whatever comes in', () => {
  test('all schemas are found', () => {
    const names = [...schemas.values()]
    for (const name of ['OrderMessage', 'CustomerFilter', 'POST /oauth/token']) {
      expect(
        names.some((known) => known.includes(name)),
        name,
      ).toBe(true)
    }
  })

  test.each([...schemas].map(([schema, name]) => ({ name, schema })))('$name', ({ schema }) => {
    for (const text of nasty) schema.safeParse(text)
    fc.assert(
      fc.property(likely(schema), (value) => {
        schema.safeParse(value)
      }),
      { numRuns: 60 },
    )
  })
})

describe('no reader throws, whatever comes in', () => {
  const deployment = { publicUrl: 'https://customer.example', hosts: [], development: false }
  test.each<[string, (text: string) => unknown]>([
    ['a moment', parseMoment],
    ['an e-mail address', emailKeyOrNull],
    ['the beginning of one', emailKeyPrefixes],
    ['a search', readSearch],
    ['a name', nameKey],
    ['a group', groupKey],
    ['a postal code', (text: string) => formatPostalCode('GB', text)],
    ['a URL', (text) => isAllowedUrl(text, deployment)],
    ['Retry-After', (text) => readRetryAfter(text, new Date())],
  ])('of %s', (_, read) => {
    for (const text of nasty) read(text)
    fc.assert(fc.property(anyText(), (text) => void read(text)))
  })

  test.each<[string, (body: unknown) => unknown]>([
    ['a job', readMessage],
    ['a tenant', readTenantOfMessage],
    ['an order', readOrderMessage],
    ['a message that is kept', (body) => JSON.parse(messageToJson(body))],
  ])('of %s', (_, read) => {
    for (const text of nasty) for (const body of [text, { tenant: text }, [text]]) read(body)
    fc.assert(fc.property(stranger, (body) => void read(body)))
  })
})

test('a message is kept as the JSON that it is', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const body = JSON.parse(text)
      expect(JSON.parse(messageToJson(body))).toEqual(body)
    }),
  )
})
