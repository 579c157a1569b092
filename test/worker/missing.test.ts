import { neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, afterEach, expect, inject, test, vi } from 'vitest'
import { resetMissingFunctions } from '#db/missing-functions-and-statements'
import { listAddresses } from '../../src/core/address/generated/query.ts'
import { bindings, call, register, request } from './support/worker.ts'

neonConfig.fetchEndpoint = inject('wire')

/** One of its own: to other tests a function that is missing is a failure. */
const lacking = `test_${crypto.randomUUID().replaceAll('-', '')}`
const at = (database: string): string => {
  const url = new URL(inject('database'))
  url.pathname = `/${database}`
  return url.href
}
const administer = (statement: string) => neon(at('postgres')).query(statement)
await administer(`create database ${lacking} template template_customer strategy file_copy`)
afterAll(() => administer(`drop database ${lacking} with (force)`))

const { env } = bindings({ DATABASE_URL: at(lacking) })
const { name } = listAddresses.compiled()

afterEach(resetMissingFunctions)

test('where a function is missing, the Worker sends the statements that its assets have', async () => {
  const alarm = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { id } = await (await register(env)).json<{ id: string }>()
  await neon(at(lacking)).query(`alter function ${name} rename to away`)
  const answer = await call(env, 'GET', `/customer/${id}/address`)
  expect([answer.status, await answer.json()]).toMatchObject([200, { data: [] }])
  const ready = await request(env, '/readyz')
  expect(await ready.json()).toMatchObject({ degraded: [name] })
  expect(alarm).toHaveBeenCalledOnce()
})

test('nobody else can read them', async () => {
  expect((await request(env, '/generated/statements.json')).status).toBe(404)
})
