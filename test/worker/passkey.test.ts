import { neon, neonConfig } from '@neondatabase/serverless'
import { expect, inject, test } from 'vitest'
import { makeAuthenticator } from '../support/authenticator.ts'
import { startCaller } from './support/caller.ts'

neonConfig.fetchEndpoint = inject('wire')
const sql = neon(inject('database'))

test.each(['ES256', 'EdDSA', 'RS256'] as const)('a passkey of %s is made and used', async (way) => {
  const call = await startCaller()
  const password = 'a quiet river 42'
  const email = `${crypto.randomUUID()}@example.com`
  const { id } = (await call('POST', '/customer', { email, password })).body
  await sql`update customer set status = 'active', email_verified_at = now() where id = ${id}`
  const session = (await call('POST', '/auth/login', { email, password })).body
  const own = { Authorization: `Bearer ${session.accessToken}` }
  const authenticator = makeAuthenticator({ origin: 'http://localhost:3000', way })

  const creation = await call('POST', '/auth/passkey/register/options', {}, own)
  const made = authenticator.create(creation.body)
  const added = await call('POST', '/auth/passkey/register/verify', made, own)
  expect([added.status, added.body.name]).toEqual([200, 'Passkey'])

  const request = await call('POST', '/auth/passkey/login/options')
  const answer = authenticator.get(request.body)
  const opened = await call('POST', '/auth/passkey/login/verify', answer)
  expect([opened.status, opened.body.userId]).toEqual([200, id])
  const again = await call('POST', '/auth/passkey/login/verify', answer)
  expect([again.status, again.body.code]).toEqual([401, 'invalid_credentials'])
  const other = authenticator.get(request.body, { foreignKey: true })
  expect((await call('POST', '/auth/passkey/login/verify', other)).body.code).toBe(
    'invalid_credentials',
  )
})
