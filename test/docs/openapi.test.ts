import { readFile } from 'node:fs/promises'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { generatedTexts } from '../../dev/generated-texts.ts'
import { openapiFile, openapiText } from '../../dev/openapi.ts'

const document = JSON.parse(openapiText())

test.each(Object.entries(generatedTexts))(
  '%s is what the code says; `npm run generate` writes it anew',
  async (file, text) => {
    expect(await readFile(file, 'utf8')).toBe(await text())
  },
)

test('a linter that knows nothing of us has nothing to say', async () => {
  const rules = { 'operation-tag-defined': 'error', 'tag-description': 'error' }
  // As text: the compiler takes a second to see that an object is one of its configurations.
  const config = await createConfig(JSON.stringify({ extends: ['recommended'], rules }))
  const problems = await lintFromString({
    source: openapiText(),
    absoluteRef: `/${openapiFile}`,
    config,
  })
  const said = problems.map(({ severity, ruleId, message, location }) => ({
    severity,
    ruleId,
    message,
    where: location.map(({ pointer }) => pointer),
  }))
  // The form of a provider leads on (303), or is refused.
  const isForm = ({ ruleId, where }: (typeof said)[number]) =>
    ruleId === 'operation-2xx-response' && where[0]?.includes('~1oauth~1callback~1{provider}/post')
  expect(said.filter((one) => !isForm(one))).toEqual([])
})

type Body = { readonly content: Readonly<Record<string, { schema: { $ref: string } }>> }

const bodies = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations as Record<string, { requestBody?: Body }>).flatMap(
    ([method, { requestBody }]) =>
      Object.values(requestBody?.content ?? {}).map(
        ({ schema }) => [`${method.toUpperCase()} ${path}`, schema.$ref] as const,
      ),
  ),
)

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
ajv.addSchema(document, 'openapi')

test.each(bodies)('the body of %s has an example that fits it', (_, $ref) => {
  const { examples } = document.components.schemas[$ref.split('/').at(-1) ?? '']
  expect(examples).toBeInstanceOf(Array)
  const validate = ajv.getSchema(`openapi${$ref}`)
  for (const example of examples)
    expect(validate?.(example), ajv.errorsText(validate?.errors)).toBe(true)
})

test('no filter has an example of its own: the page at /docs would send it with each request', () => {
  type Parameter = { readonly name: string; readonly in: string; readonly example?: unknown }
  const filled = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, { parameters?: Parameter[] }>).flatMap(
      ([method, { parameters = [] }]) =>
        parameters.flatMap((one) =>
          one.in === 'query' && Object.keys(one.example ?? {}).length > 0
            ? [`${method} ${path} ${one.name}`]
            : [],
        ),
    ),
  )
  expect(filled).toEqual([])
})

test('the document, the package and the built client have one version', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'))
  expect(document.info.version).toBe(version)
})
