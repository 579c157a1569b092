import { expect, test } from 'vitest'
import { openapiDocument } from '../../src/http/document/openapi-document.ts'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import { startTestApp } from '../support/app.ts'
import { commands, fieldSamplesIn } from '../support/field-sample.ts'

const app = await startTestApp()
const samples = fieldSamplesIn(app)

type Body = { readonly content: Readonly<Record<string, { schema: { $ref: string } }>> }
type Operation = { readonly requestBody?: Body }
type Schema = { readonly properties?: object }

const { paths = {}, components } = openapiDocument(await loadAllRoutes())
const schemas = components?.schemas as Readonly<Record<string, Schema>>

/** The fields of each JSON body, by its route. */
const bodies = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations as Readonly<Record<string, Operation>>).flatMap(
    ([method, { requestBody }]) => {
      const { $ref } = requestBody?.content['application/json']?.schema ?? {}
      if ($ref === undefined) return []
      const schema = schemas[$ref.split('/').at(-1) ?? '']
      return [[`${method.toUpperCase()} ${path}`, Object.keys(schema?.properties ?? {})] as const]
    },
  ),
)

/** A search reads its fields, and writes none. */
const isWriting = (route: string) => route !== 'POST /customer/search'

const lines = (all: Iterable<readonly [string, readonly string[]]>): string[] =>
  [...all].flatMap(([route, fields]) => fields.map((field) => `${route}: ${field}`))

test('every field that a caller may send has a sample', () => {
  const known = new Map<string, readonly string[]>(Object.entries(commands))
  for (const { route, as, values } of samples) {
    if (as === undefined) known.set(route, Object.keys(values))
  }
  const sampled = lines(known)
  const sent = lines(bodies.filter(([route]) => isWriting(route)))
  const without = (some: string[], others: string[]) => some.filter((one) => !others.includes(one))
  expect(without(sent, sampled), 'has no sample in test/support/field-sample.ts').toEqual([])
  expect(without(sampled, sent), 'has a sample, but no body has it').toEqual([])
})

test.each(samples.map((sample) => ({ ...sample, name: `${sample.route} ${sample.as ?? ''}` })))(
  'what is sent is read: $name',
  async ({ values, shown = {}, hidden = [], write }) => {
    const [without, written] = await write(values)
    const isRead = ([field]: [string, unknown]) => !hidden.includes(field) && field !== 'address'
    const expected = { ...Object.fromEntries(Object.entries(values).filter(isRead)), ...shown }
    expect(written).toMatchObject(expected)
    const same = Object.entries(expected).filter(
      ([field, value]) => JSON.stringify(without[field]) === JSON.stringify(value),
    )
    expect(same, 'is the default, so it proves nothing').toEqual([])
  },
)
