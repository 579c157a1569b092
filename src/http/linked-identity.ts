import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { LinkedIdentityPage, listLinkedIdentities, removeLinkedIdentity } from '#core/upstream'
import type { Env } from './env.ts'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, route } from './route.ts'

const tags: [string] = ['Identity']

const IdentityPath = z.object({
  id: z.string().meta({ examples: ['XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg'] }),
})

/** A SHA-256 in base64url. */
const IDENTITY = /^[\w-]{43}$/

/** The identity of the path. A malformed id is read like an unknown one, after the session is checked. */
function identityOf(c: HonoContext<Env>): string {
  const id = c.req.param('id') ?? ''
  return IDENTITY.test(id) ? id : ''
}

export const linkedIdentityRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /auth/identity', {
      tags,
      summary: 'List the logins of the caller at other providers',
      description:
        'The logins at Google, Apple or another provider that open the account, at most ten. `id` is a hash: the service stores neither the user id nor the address that the provider has. A login at Hanzo ID counts as the password of the account, so it is not in the list.',
      responses: { 200: openapiJsonAnswer(LinkedIdentityPage, 'All of them, the oldest first') },
    }),
    async (c) => c.json(await listLinkedIdentities(c.get('ctx')), 200),
  )
  .openapi(
    route('DELETE /auth/identity/{id}', {
      tags,
      summary: 'Remove a login at another provider',
      description:
        'The session must have a proof that is younger than ten minutes. A mail tells the owner. The sessions that it opened stay; `DELETE /auth/session` ends them. The next login there opens no session until the shopper links it again with a mailed code. A mailed code or a new password still opens the account.',
      request: { params: IdentityPath },
      responses: { 204: { description: 'It no longer opens the account' } },
      refusals: ['fresh_proof_required', 'identity_not_found'],
    }),
    async (c) => {
      await removeLinkedIdentity(c.get('ctx'), identityOf(c))
      return c.body(null, 204)
    },
  )
