import { neon, neonConfig } from '@neondatabase/serverless'
import { afterEach, expect, inject, test, vi } from 'vitest'
import { forgetMissing } from '#db/fallback'
import { listAddresses } from '../../src/core/address/generated/query.ts'
import { bindings, call, register, request } from './support/worker.ts'

neonConfig.fetchEndpoint = inject('wire')
const sql = neon(inject('database'))
const { env } = bindings()
const { name } = listAddresses.compiled()

afterEach(forgetMissing)

test('where a function is missing, the Worker sends the statements that its assets have', async () => {
  const alarm = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { id } = await (await register(env)).json<{ id: string }>()
  await sql.query(`alter function ${name} rename to away`)
  try {
    const answer = await call(env, 'GET', `/customer/${id}/address`)
    expect([answer.status, await answer.json()]).toMatchObject([200, { data: [] }])
    const ready = await request(env, '/readyz')
    expect(await ready.json()).toMatchObject({ degraded: [name] })
    expect(alarm).toHaveBeenCalledOnce()
  } finally {
    await sql.query(`alter function away rename to ${name}`)
  }
})

test('nobody else can read them', async () => {
  expect((await request(env, '/generated/statements.json')).status).toBe(404)
})
