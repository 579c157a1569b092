import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { inputProblemsOf } from '#kernel/input-problems-of-error'
import { fieldNamesAt } from '#kernel/schema-field-names'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import { startTestApp } from '../support/app.ts'
import { makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const { id } = await makeShopper(app)

/** Standards have these ignore what they do not know. */
const ignoring = (key: string) => / \/oauth\/|\/passkey\/.*\/verify$/.test(key)

/** The schemas of all bodies and queries. */
const read = (await loadAllRoutes())
  .filter(({ route }) => !ignoring(route.key))
  .flatMap(({ route: { key, request } }) => {
    const media = request?.body?.content['application/json']
    const content = media !== undefined && 'schema' in media ? media.schema : undefined
    const all = [
      ...(content instanceof z.ZodType ? [{ what: 'the body', schema: content }] : []),
      ...(request?.query instanceof z.ZodType
        ? [{ what: 'the query', schema: request.query }]
        : []),
    ]
    return all.map(({ what, schema }) => ({ name: `${what} of ${key}`, schema }))
  })

/** A slip of the fingers, which is no other name of the schema. */
const misspelt = (name: string) => `${name.slice(0, -1)}${name.slice(-1).repeat(2)}`

describe('an unknown name is refused, and the one that is near is named', () => {
  test.each(read)('in $name', ({ schema }) => {
    const names = fieldNamesAt(schema, [])
    expect(names).not.toEqual([])
    for (const name of names) {
      const input = { [misspelt(name)]: 'secret' }
      const { error } = schema.safeParse(input)
      expect(error && inputProblemsOf(error, input, schema)).toContainEqual({
        path: misspelt(name),
        code: 'unknown_field',
        message: `There is no such field. Did you mean \`${name}\`?`,
      })
    }
  })
})

const none = 'There is no such field.'
const noParameter = 'There is no such parameter.'
const meant = (name: string, text = none) => `${text} Did you mean \`${name}\`?`
const address = { line1: '1 Main St', city: 'Berlin', postalCode: '10115', country: 'DE' }

describe('over the wire', () => {
  test.each<[string, string, object | undefined, string, string]>([
    [
      'POST',
      '/customer',
      { email: 'a@example.com', fristName: 'J' },
      'fristName',
      meant('firstName'),
    ],
    [
      'POST',
      '/customer',
      { email: 'a@example.com', first_name: 'J' },
      'first_name',
      meant('firstName'),
    ],
    ['POST', '/customer', { email: 'a@example.com', 'first-name': 'J' }, '*', meant('firstName')],
    ['POST', '/customer', { email: 'a@example.com', colour: 'red' }, 'colour', none],
    ['GET', '/customer?limt=5', undefined, 'limt', meant('limit', noParameter)],
    ['GET', '/customer?metadta.tier=gold', undefined, '*', noParameter],
    [
      'GET',
      `/customer/${id}/stats?explian=true`,
      undefined,
      'explian',
      meant('explain', noParameter),
    ],
    ['GET', '/customer?createdAt=x', undefined, 'createdAt', meant('createdAfter', noParameter)],
    ['POST', `/customer/${id}/group`, { key: 'vip' }, 'key', meant('group')],
    ['POST', '/customer/search', { minOrder: 5 }, 'minOrder', meant('minOrders')],
    ['POST', '/group', { key: 'a', rule: { minOrder: 5 } }, 'rule.minOrder', meant('minOrders')],
    ['POST', '/group-preview', { rule: { minOrder: 5 } }, 'rule.minOrder', meant('minOrders')],
    [
      'POST',
      '/group/vip/member',
      { add: { filter: { minOrders: 1, minOrder: 5 } } },
      'add.filter.minOrder',
      meant('minOrders'),
    ],
    [
      'POST',
      '/customer/guest',
      { email: 'a@example.com', address: { ...address, postcode: '1' } },
      'address.postcode',
      meant('postalCode'),
    ],
    ['POST', `/customer/${id}/address`, { ...address, adress: 'x' }, 'adress', none],
  ])('%s %s with %j', async (method, path, body, field, message) => {
    const answer = await call(method, path, { body })
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
    expect(answer.body.errors).toContainEqual({ path: field, code: 'unknown_field', message })
  })
})

test('of many unknown names the first ten are compared, and no long or odd one is repeated', async () => {
  const many = Array.from({ length: 2000 }, (_, i) => [`limt${i}`.slice(0, 8), 1])
  const long = 'limit'.repeat(1000)
  const body = { limt: 1, [long]: 1, '<b>limit</b>': 1, ...Object.fromEntries(many) }
  const answer = await call('POST', '/customer/search', { body })
  expect(answer.status).toBe(422)
  const guessed = answer.body.errors.filter((one: { message: string }) => one.message !== none)
  expect(guessed.length).toBeLessThanOrEqual(10)
  expect(guessed[0]).toMatchObject({ path: 'limt', message: meant('limit') })
  expect(answer.text).not.toContain('<b>')
  expect(answer.text).not.toContain('limitlimit')
})
