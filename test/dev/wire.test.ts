import { neon, neonConfig } from '@neondatabase/serverless'
import { expect, test } from 'vitest'
import { startTestWire } from '../support/wire.ts'

const wire = await startTestWire()
neonConfig.fetchEndpoint = wire.endpoint
const sql = neon(wire.connectionString)

test('a statement is one round trip', async () => {
  wire.reset()
  expect(await sql`select 1 as one, ${'x'}::text as x`).toEqual([{ one: 1, x: 'x' }])
  expect(wire.count()).toEqual({ trips: 1, statements: 1, sockets: 0 })
})
