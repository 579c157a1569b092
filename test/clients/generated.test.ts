import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const run = promisify(execFile)
const tools = join(import.meta.dirname, 'node_modules')

/** What someone writes who knows the document and nothing else. */
const program = `
import createClient from 'openapi-fetch'
import type { paths } from './schema.ts'

const [, , baseUrl = '', token = ''] = process.argv
const client = createClient<paths>({ baseUrl, headers: { Authorization: \`Bearer \${token}\` } })

const made = await client.POST('/customer', { body: { email: 'generated@example.com', firstName: 'Jane' } })
if (made.error) throw new Error(made.error.code)
if (!('id' in made.data)) throw new Error('A service is told whom it registered')
const id: string = made.data.id

const found = await client.GET('/customer/{id}', { params: { path: { id } } })
const total: number | undefined = found.data?.totalSpent

const listed = await client.GET('/customer', { params: { query: { email: 'generated@example.com', limit: 1 } } })
const refused = await client.POST('/customer', { body: { email: 'generated@example.com' } })
const code: 'email_taken' | string | undefined = refused.error?.code
console.log(JSON.stringify({ total, listed: listed.data?.data.map((customer) => customer.id === id), code }))
`

/** What a generated type must not allow. */
const wrong = `
import createClient from 'openapi-fetch'
import type { paths } from './schema.ts'
const client = createClient<paths>({ baseUrl: '' })
// @ts-expect-error: no address
void client.POST('/customer', { body: { firstName: 'Jane' } })
// @ts-expect-error: an unknown path
void client.GET('/customers')
`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'customer-generated-'))
  await symlink(tools, join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(join(folder, 'program.ts'), program)
  await writeFile(join(folder, 'wrong.ts'), wrong)
})
afterAll(() => rm(folder, { recursive: true }))

test('a client that others generate from /openapi.json is type-checked and works', async () => {
  const url = inject('url')
  const bin = (name: string) => join(tools, '.bin', name)
  await run(bin('openapi-typescript'), [`${url}/openapi.json`, '-o', join(folder, 'schema.ts')])
  const check = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
  ]
  const files = ['program.ts', 'wrong.ts'].map((file) => join(folder, file))
  const types = [
    '--types',
    'node',
    '--typeRoots',
    join(import.meta.dirname, '../../node_modules/@types'),
  ]
  await run(bin('tsc'), [...check, '--allowImportingTsExtensions', ...types, ...files]).catch(
    (error) => {
      throw new Error(error.stdout)
    },
  )
  const { stdout } = await run(process.execPath, [
    '--no-warnings',
    '--preserve-symlinks',
    join(folder, 'program.ts'),
    url,
    inject('token'),
  ])
  expect(JSON.parse(stdout)).toEqual({ total: 0, listed: [true], code: 'email_taken' })
})
