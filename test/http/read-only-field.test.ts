import { describe, expect, test } from 'vitest'
import { inputProblemsOf } from '#kernel/input-problems-of-error'
import { fieldNamesAt } from '#kernel/schema-field-names'
import {
  makeReadOnlyFieldExplainer,
  routesChangingReadOnlyFields,
} from '../../src/http/read-only-field.ts'
import { startTestApp } from '../support/app.ts'
import { inputSchemas } from '../support/input-schema.ts'
import { makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { id } = await makeShopper(app)

/** Standards have these ignore what they do not know. */
const bodies = inputSchemas.flatMap(({ key, body, isJson, answers }) =>
  body === undefined || !isJson || /\/passkey\/.*\/verify$/.test(key)
    ? []
    : [{ key, body, answers }],
)

describe('what an answer has and its request cannot write is read-only', () => {
  test.each(bodies)('$key', ({ body, answers }) => {
    const known = fieldNamesAt(body, [])
    const others = answers
      .flatMap((answer) => fieldNamesAt(answer, []))
      .filter((name) => !known.includes(name))
    for (const name of others) {
      const input = { [name]: 'secret' }
      const { error } = body.safeParse(input)
      const problems =
        error &&
        inputProblemsOf(error, input, body, { findReadOnly: makeReadOnlyFieldExplainer(answers) })
      const [problem] = (problems ?? []).filter(({ path }) => path === name)
      expect(problem?.message).toMatch(/^This field is read-only\.|Did you mean `\w+`\?$/)
      expect(['read_only', 'unknown_field']).toContain(problem?.code)
    }
  })
})

test('each way to change a read-only field is one of a field that an answer has', () => {
  const answers = inputSchemas.flatMap(({ answers }) => answers)
  for (const [resource, ways] of Object.entries(routesChangingReadOnlyFields)) {
    const schema = answers.find((answer) => answer.meta()?.id === resource)
    expect(schema && fieldNamesAt(schema, [])).toEqual(expect.arrayContaining(Object.keys(ways)))
  }
})

describe('over the wire', () => {
  const none = 'This field is read-only.'
  const twoWays = 'POST /customer/{id}/disable` and `POST /customer/{id}/enable'
  test.each<[string, string, object, string, string]>([
    [
      'PATCH',
      `/customer/${id}`,
      { orderCount: 5 },
      'orderCount',
      'PUT /customer/{id}/order/{orderId}',
    ],
    ['PATCH', `/customer/${id}`, { groups: ['vip'] }, 'groups', 'POST /customer/{id}/group'],
    ['PATCH', `/customer/${id}`, { status: 'active' }, 'status', twoWays],
    [
      'PATCH',
      `/customer/${id}`,
      { emailVerified: true },
      'emailVerified',
      'POST /auth/verify-email',
    ],
    ['PATCH', `/customer/${id}`, { addresses: [] }, 'addresses', 'POST /customer/{id}/address'],
    [
      'PATCH',
      `/customer/${id}`,
      { consents: {} },
      'consents',
      'PUT /customer/{id}/consent/{purpose}',
    ],
    ['POST', '/customer', { email: 'a@example.com', id: 'x' }, 'id', ''],
    ['POST', '/customer', { email: 'a@example.com', createdAt: 'x' }, 'createdAt', ''],
    ['PATCH', '/group/vip', { key: 'other' }, 'key', ''],
    [
      'POST',
      '/webhook',
      { url: 'https://a.example', events: ['*'], status: 'enabled' },
      'status',
      'PATCH /webhook/{id}',
    ],
  ])('%s %s with %j', async (method, path, body, field, route) => {
    const { status, body: refusal } = await app.call(method, path, { body })
    const message =
      route === '' ? none : `${none} \`${route}\` ${route === twoWays ? 'change' : 'changes'} it.`
    expect([status, refusal.errors]).toEqual([422, [{ path: field, code: 'read_only', message }]])
  })
})
