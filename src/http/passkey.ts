import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import {
  listPasskeys,
  logInByPasskey,
  makeLoginOptions,
  makeRegistrationOptions,
  Passkey,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyPage,
  PasskeyRequest,
  RegisterPasskey,
  RenamePasskey,
  registerPasskey,
  removePasskey,
  renamePasskey,
} from '#core/passkey'
import { Session } from '#core/session'
import { isId } from '#kernel/id'
import type { Env } from './env.ts'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Passkey']

const PasskeyPath = z.object({
  id: z.string().meta({ examples: ['psk_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
})

/** The passkey of the path. A malformed id is read like an unknown one, after the session is checked. */
function passkeyIdOf(c: HonoContext<Env>): string {
  const id = c.req.param('id') ?? ''
  return isId('passkey', id) ? id : ''
}

export const passkeyRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /auth/passkey/register/options', {
      tags,
      summary: 'Ask for the options of a new passkey',
      description:
        'For `navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options)})`. The session must have a proof that is younger than ten minutes (`POST /auth/reauthenticate`).',
      responses: { 200: openapiJsonAnswer(PasskeyCreation, 'The options, in WebAuthn’s JSON') },
      refusals: ['fresh_proof_required', 'passkey_limit_reached', 'identity_elsewhere'],
    }),
    async (c) => c.json(await makeRegistrationOptions(c.get('ctx')), 200),
  )
  .openapi(
    route('POST /auth/passkey/register/verify', {
      tags,
      summary: 'Add a passkey to the account of the caller',
      description:
        'The body is the browser’s answer in WebAuthn’s JSON (`credential.toJSON()`), with an optional name. A mail tells the owner.',
      request: { body: jsonRequestBody(RegisterPasskey) },
      responses: { 200: openapiJsonAnswer(Passkey, 'The passkey') },
      refusals: [
        'fresh_proof_required',
        'passkey_invalid',
        'passkey_exists',
        'passkey_limit_reached',
        'identity_elsewhere',
      ],
    }),
    async (c) => c.json(await registerPasskey(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/passkey/login/options', {
      tags,
      summary: 'Ask for the options of a login by passkey',
      description:
        'For `navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options)})`. They name no account. The browser offers its passkeys for the shop. The same options serve `POST /auth/reauthenticate`.',
      responses: { 200: openapiJsonAnswer(PasskeyRequest, 'The options, in WebAuthn’s JSON') },
      refusals: ['identity_elsewhere'],
    }),
    async (c) => c.json(await makeLoginOptions(c.get('ctx')), 200),
  )
  .openapi(
    route('POST /auth/passkey/login/verify', {
      tags,
      summary: 'Log in with a passkey',
      description:
        'The body is the browser’s answer in WebAuthn’s JSON (`credential.toJSON()`). Every fault in it is `invalid_credentials`.',
      request: { body: jsonRequestBody(PasskeyAssertion) },
      responses: { 200: openapiJsonAnswer(Session, 'A session') },
      refusals: [
        'invalid_credentials',
        'email_unverified',
        'customer_disabled',
        'identity_elsewhere',
      ],
    }),
    async (c) => c.json(await logInByPasskey(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('GET /auth/passkey', {
      tags,
      summary: 'List the passkeys of the caller',
      responses: { 200: openapiJsonAnswer(PasskeyPage, 'All of them, the oldest first') },
    }),
    async (c) => c.json(await listPasskeys(c.get('ctx')), 200),
  )
  .openapi(
    route('PATCH /auth/passkey/{id}', {
      tags,
      summary: 'Name a passkey',
      request: { params: PasskeyPath, body: jsonRequestBody(RenamePasskey) },
      responses: { 200: openapiJsonAnswer(Passkey, 'The passkey') },
      refusals: ['passkey_not_found'],
    }),
    async (c) =>
      c.json(await renamePasskey(c.get('ctx'), passkeyIdOf(c), c.req.valid('json')), 200),
  )
  .openapi(
    route('DELETE /auth/passkey/{id}', {
      tags,
      summary: 'Remove a passkey',
      description:
        'The session must have a proof that is younger than ten minutes. A mail tells the owner. The sessions that it opened stay; `DELETE /auth/session` ends them.',
      request: { params: PasskeyPath },
      responses: { 204: { description: 'The passkey no longer opens the account' } },
      refusals: ['fresh_proof_required', 'passkey_not_found'],
    }),
    async (c) => {
      await removePasskey(c.get('ctx'), passkeyIdOf(c))
      return c.body(null, 204)
    },
  )
