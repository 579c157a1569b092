import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import { returnFromProvider, unsealLoginPage } from '#core/authorization'
import { HANZO_PROVIDER } from '#core/identity'
import { type ProviderLoginFailure, readLoginState } from '#core/upstream'
import { Refusal } from '#kernel/error'
import { edgePlace } from './caller-and-edge-place.ts'
import { heedEdgeLimit } from './edge-limit.ts'
import type { Env } from './env.ts'
import { loginPageContext } from './login-page/continue-login.ts'
import { openapiPageAnswer, openapiRedirectAnswer } from './login-page/openapi-answer.ts'
import { isSameBrowser } from './login-page/same-browser.ts'
import { showLogin } from './login-page/show.ts'
import { refuseInputAs } from './refuse-input.ts'
import { type NounRoutes, newNounRoutes, route } from './route.ts'

const tags: [string] = ['OAuth']

/** The parameters of a provider's answer. Parameters that only the provider's own clients read are left out. */
const answer = {
  code: z.string().optional(),
  state: z.string().optional(),
  iss: z.string().optional(),
  error: z.string().optional(),
}
const ProviderAnswer = z.object(answer).meta({
  id: 'ProviderAnswer',
  description: 'RFC 6749, 4.1.2, sent by a form. The service ignores a name or an address in it.',
  examples: [{ code: '…', state: '…' }],
})

/** A parameter for the document. It is judged with the state that the answer brings. */
const text = (description: string) => z.any().optional().meta({ type: 'string', description })
const AnswerQuery = z.object({
  code: text('The code that the service exchanges for the identity'),
  state: text('What the login began with'),
  iss: text('RFC 9207'),
  error: text('RFC 6749, 4.1.2.1. The client does not get it unchanged'),
})

const NamePath = z.object({
  provider: z
    .string()
    .meta({ description: 'The name of the provider in the settings', examples: ['google'] }),
})

/** Reads the page on which the login began. Refuses an answer without a login, or to a login of another browser. */
function readReturn(c: HonoContext<Env>, provider: string) {
  const { config, keyring, now } = c.env
  const parameters = new URL(c.req.url).searchParams
  const [sealed = '', ...others] = parameters.getAll('state')
  const state = others.length > 0 ? null : readLoginState(keyring, provider, sealed, now())
  const read = state === null ? null : unsealLoginPage(keyring, config.clients, state.page, now())
  if (state === null || read === null || !isSameBrowser(c, read.page.browser)) {
    c.set('page', { message: 'lost' })
    throw new Refusal('invalid_request')
  }
  const { client } = read.page.request
  c.set('shown', { tenant: client.tenant, client: client.id })
  c.set('page', { client, shown: { page: read.page, email: '', passkey: null } })
  return { page: read.page, client, state, parameters }
}

/** A failure as a refusal, with its own sentence on the page. */
function refuseLogin(c: HonoContext<Env>, failure: ProviderLoginFailure): never {
  c.set('page', { ...c.get('page'), failure })
  throw new Refusal(failure === 'issuer_unavailable' ? failure : 'invalid_request')
}

async function finish(c: HonoContext<Env>, provider: string) {
  await heedEdgeLimit(c.env, edgePlace(c), 'place')
  const { page, client, state, parameters } = readReturn(c, provider)
  const ctx = loginPageContext(c, client)
  const { url: issuer } = c.env.identity.issuer
  const arrival = await returnFromProvider(ctx, { issuer, page, state, parameters })
  if (arrival.is === 'answered') return c.redirect(arrival.url, 303)
  if (arrival.is === 'failed') return refuseLogin(c, arrival.why)
  const email = arrival.page.linking?.email ?? ''
  const { html, headers } = await showLogin(c, { page: arrival.page, email, passkey: null })
  return c.html(html, 200, headers)
}

const responses = {
  200: openapiPageAnswer(
    'The page asks for a proof of the address, because the identity is not linked to an account',
  ),
  303: openapiRedirectAnswer('Back to the client, with a code or an error'),
}
const refusals = [
  'invalid_request',
  'invalid_credentials',
  'email_unverified',
  'customer_disabled',
] as const
const description =
  'A provider sends the browser here. The answer works for ten minutes, in the browser that began the login. If the service refuses it, it shows the login page.'

export const callbackRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /oauth/callback', {
      tags,
      summary: 'The answer of Hanzo ID to a login',
      description,
      request: { query: AnswerQuery },
      responses,
      refusals,
    }),
    (c) => finish(c, HANZO_PROVIDER),
  )
  .openapi(
    route('GET /oauth/callback/{provider}', {
      tags,
      summary: 'The answer of a provider to a login',
      description,
      request: { params: NamePath, query: AnswerQuery },
      responses,
      refusals,
    }),
    (c) => finish(c, c.req.param('provider')),
  )
  .openapi(
    route('POST /oauth/callback/{provider}', {
      tags,
      summary: 'The answer of a provider that sends a form',
      description:
        'For `response_mode = "form_post"`. It redirects to the same path by GET, because browsers send no cookie with the form of another site.',
      request: {
        params: NamePath,
        body: {
          required: true,
          content: { 'application/x-www-form-urlencoded': { schema: ProviderAnswer } },
        },
      },
      responses: { 303: openapiRedirectAnswer('The same place, by GET') },
      refusals: ['invalid_request'],
    }),
    (c) => {
      const said = Object.entries(c.req.valid('form')).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      )
      const place = `/oauth/callback/${encodeURIComponent(c.req.param('provider'))}`
      return c.redirect(`${c.env.config.publicUrl}${place}?${new URLSearchParams(said)}`, 303)
    },
    refuseInputAs('invalid_request'),
  )
