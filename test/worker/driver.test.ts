import { neon, neonConfig } from '@neondatabase/serverless'
import { expect, inject, test } from 'vitest'

test("Neon's driver reaches the database from inside workerd", async () => {
  neonConfig.fetchEndpoint = inject('wire')
  const sql = neon(inject('database'))
  expect(navigator.userAgent).toBe('Cloudflare-Workers')
  expect(await sql`select current_database() as name, 1 + ${1} as two`).toEqual([
    { name: 'customer', two: 2 },
  ])
})
