import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { PublicKey } from '#core/context'
import type { Client } from '#core/identity'
import { exchange, giveCodeTo } from '../code.ts'
import { makeShopper } from '../shopper.ts'
import type { ExtraCall } from './call.ts'

/** A login on the page is exchanged for a session, and the code comes back. */
const codes: ExtraCall = async (app) => {
  const given = await giveCodeTo(app, await makeShopper(app))
  const first = await exchange(app, given)
  const second = await exchange(app, given)
  return [first.status, second.status, second.said]
}

/** A client signs what it says about itself. */
const assertion: ExtraCall = async (app) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const clients = app.runtime.config.clients as Map<string, Client>
  const id = `${app.tenant}-signed`
  const keys = [(await exportJWK(publicKey)) as PublicKey]
  const { tenant } = app
  const scopes = ['customer:read'] as const
  clients.set(id, { id, tenant, name: id, scopes, secrets: [], keys, redirectUris: [] })
  const { publicUrl } = app.runtime.config
  const seconds = Math.floor(app.runtime.now().getTime() / 1000)
  const text = await new SignJWT({
    iss: id,
    sub: id,
    aud: publicUrl,
    jti: 'once',
    exp: seconds + 60,
  })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey)
  const fields = {
    grant_type: 'client_credentials',
    client_assertion: text,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
  const statuses = []
  for (let n = 0; n < 2; n++) {
    const init = { method: 'POST', body: new URLSearchParams(fields) }
    statuses.push((await app.request('/oauth/token', init)).status)
  }
  return statuses
}

export const oauthCalls: readonly ExtraCall[] = [codes, assertion]
