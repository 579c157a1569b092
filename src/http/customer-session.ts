import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import type { Actor } from '#core/context'
import {
  endSessions,
  listSessions,
  OpenSession,
  openSessionForCustomer,
  Session,
  SessionPage,
} from '#core/session'
import { Refusal } from '#kernel/error'
import { isId } from '#kernel/id'
import type { Env } from './env.ts'
import {
  CustomerPath,
  customerIdOf,
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Session']

export const ENDS_INTENTIONS_NOTE =
  'It also ends the links in mails, except those that undo a change of the address, and the change that waits to be confirmed.'

export const SessionPath = z.object({
  sessionId: z.string().meta({ examples: ['ses_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
})

export function mustBeShopper(c: HonoContext<Env>): Extract<Actor, { type: 'shopper' }> {
  const { actor } = c.get('ctx')
  if (actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  return actor
}

/** The session id of the path; '' if it is malformed, which then answers like an unknown id. */
export function sessionIdOfPath(c: HonoContext<Env>): string {
  const id = c.req.param('sessionId') ?? ''
  return isId('session', id) ? id : ''
}

export const sessionRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /customer/{id}/session', {
      tags,
      summary: 'List the sessions of a customer',
      request: { params: CustomerPath },
      responses: { 200: openapiJsonAnswer(SessionPage, 'All of them, the newest first') },
      refusals: ['customer_not_found'],
    }),
    async (c) => c.json(await listSessions(c.get('ctx'), customerIdOf(c)), 200),
  )
  .openapi(
    route('POST /customer/{id}/session', {
      tags,
      summary: 'Open a session for a customer',
      description:
        'For a shop that checks the login itself. Each request opens a new session: it ignores `Idempotency-Key`, because no token is stored. The session is listed and can be ended like any other, and `customer.session_opened` reports it. The session does not count as a proof: export, erasure, deletion, passkeys and another e-mail address need `POST /auth/reauthenticate` first. It has no `deviceToken`.',
      request: { params: CustomerPath, body: { ...jsonRequestBody(OpenSession), required: false } },
      responses: { 201: openapiJsonAnswer(Session, 'A session, without `deviceToken`') },
      refusals: [
        'invalid_input',
        'malformed_json',
        'customer_not_found',
        'customer_merged',
        'customer_is_guest',
        'customer_disabled',
        'email_unverified',
        'identity_elsewhere',
      ],
    }),
    async (c) =>
      c.json(await openSessionForCustomer(c.get('ctx'), customerIdOf(c), c.req.valid('json')), 201),
  )
  .openapi(
    route('DELETE /customer/{id}/session', {
      tags,
      summary: 'Log a customer out everywhere',
      description: ENDS_INTENTIONS_NOTE,
      request: { params: CustomerPath },
      responses: { 204: { description: 'No session is left' } },
      refusals: ['customer_not_found'],
    }),
    async (c) => {
      await endSessions(c.get('ctx'), customerIdOf(c))
      return c.body(null, 204)
    },
  )
  .openapi(
    route('DELETE /customer/{id}/session/{sessionId}', {
      tags,
      summary: 'End a session of a customer',
      description: ENDS_INTENTIONS_NOTE,
      request: { params: CustomerPath.extend(SessionPath.shape) },
      responses: { 204: { description: 'The session has ended' } },
      refusals: ['customer_not_found', 'session_not_found'],
    }),
    async (c) => {
      await endSessions(c.get('ctx'), customerIdOf(c), sessionIdOfPath(c))
      return c.body(null, 204)
    },
  )
