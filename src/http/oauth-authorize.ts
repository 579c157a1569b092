import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import {
  checkAuthorizationRequest,
  errorResponseUrl,
  isIdentityElsewhere,
  leaveForProvider,
  type OpenLoginPage,
} from '#core/authorization'
import { HANZO_PROVIDER } from '#core/identity'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'
import {
  continueLogin,
  LoginForm,
  loginPageContext,
  readOpenPage,
} from './login-page/continue-login.ts'
import { chooseLanguage } from './login-page/language.ts'
import { openapiPageAnswer, openapiRedirectAnswer } from './login-page/openapi-answer.ts'
import { passkeyRequestOf } from './login-page/passkey.ts'
import { markBrowser } from './login-page/same-browser.ts'
import { showLogin } from './login-page/show.ts'
import { printPageRefusalForDeveloper } from './print-page-refusal-for-developer.ts'
import { refuseInputAs } from './refuse-input.ts'
import { type NounRoutes, newNounRoutes, route } from './route.ts'

const tags: [string] = ['OAuth']

/** A parameter for the document. It is not validated here: by RFC 6749 most mistakes are reported to the client by a redirect. */
const text = (description: string) => z.any().optional().meta({ type: 'string', description })

const AuthorizationQuery = z.object({
  response_type: text('`code`'),
  client_id: text('A client with `redirect_uris`'),
  redirect_uri: text(
    'Exactly one of the client’s `redirect_uris`, with any port at 127.0.0.1 and [::1]',
  ),
  code_challenge: text('RFC 7636'),
  code_challenge_method: text('`S256`'),
  state: text('Comes back as it is'),
  scope: text('`account`, which is the default'),
  prompt: text('`none` gets `login_required`, because each authorization asks for a login'),
  login_hint: text('The value to show in the field for the e-mail address'),
  ui_locales: text('Languages, the best first. Default: the browser’s languages'),
})

/** Redirects a shopper to the login of the provider that has the tenant's accounts. */
async function sendOn(
  c: HonoContext<Env>,
  page: OpenLoginPage,
  wishes: Parameters<typeof leaveForProvider>[3],
) {
  const { client } = page.request
  c.set('shown', { tenant: client.tenant, client: client.id })
  c.set('page', { client, shown: { page, email: '', passkey: null } })
  try {
    return c.redirect(
      await leaveForProvider(loginPageContext(c, client), page, HANZO_PROVIDER, wishes),
      303,
    )
  } catch (error) {
    const isAway = error instanceof Refusal && error.code === 'issuer_unavailable'
    if (!isAway || !page.isSilent) throw error
    const { url } = c.env.identity.issuer
    return c.redirect(errorResponseUrl(url, page.request, 'temporarily_unavailable'), 303)
  }
}

export const authorizeRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /oauth/authorize', {
      tags,
      summary: 'The page where shoppers log in',
      description:
        'RFC 6749, 4.1, with PKCE (S256 only). Send a browser here, not a program. An unknown client or redirect URI gets a page (400). Every other mistake gets a redirect with `error`, `state` and `iss`.',
      request: { query: AuthorizationQuery },
      responses: {
        200: openapiPageAnswer('The page'),
        303: openapiRedirectAnswer(
          'Back to the client, with an error, or to the provider of its accounts',
        ),
      },
      refusals: ['invalid_request'],
    }),
    async (c) => {
      const { config, identity } = c.env
      const parameters = new URL(c.req.url).searchParams
      const judged = checkAuthorizationRequest(parameters, config)
      if (judged.is === 'untrusted') {
        const { client } = judged
        c.set('page', { client, message: 'untrusted' })
        if (config.development) printPageRefusalForDeveloper(judged.why, parameters)
        if (client === null) throw new Refusal('invalid_request')
        c.set('shown', { tenant: client.tenant, client: client.id })
        throw new Refusal('invalid_request', { sign: 'foreign_redirect' })
      }
      if (judged.is === 'refused') {
        return c.redirect(errorResponseUrl(identity.issuer.url, judged.target, judged.error), 303)
      }
      const language = chooseLanguage(parameters.get('ui_locales'), c.req.header('Accept-Language'))
      const { request } = judged
      const prompt = parameters.get('prompt') ?? undefined
      const page: OpenLoginPage = {
        ...{ request, language, browser: markBrowser(c) },
        ...{ code: null, linking: null, isSilent: prompt === 'none' },
      }
      const email = parameters.get('login_hint') ?? ''
      const ctx = loginPageContext(c, request.client)
      if (isIdentityElsewhere(ctx.settings)) {
        return sendOn(c, page, {
          prompt,
          loginHint: email,
          uiLocales: parameters.get('ui_locales') ?? undefined,
        })
      }
      const passkey = await passkeyRequestOf(ctx, ctx.settings)
      const { html, headers } = await showLogin(c, { page, email, passkey })
      return c.html(html, 200, headers)
    },
  )
  .openapi(
    route('POST /oauth/authorize', {
      tags,
      summary: 'Log in on the page',
      description:
        'The form of the page. It works without JavaScript, for half an hour, in the browser that opened the page. If the service refuses the input, it shows the page again.',
      request: {
        body: {
          required: true,
          content: { 'application/x-www-form-urlencoded': { schema: LoginForm } },
        },
      },
      responses: {
        200: openapiPageAnswer('The next page, with or without the field for a code'),
        303: openapiRedirectAnswer('Back to the client, with a code or an error, or to a provider'),
      },
      refusals: [
        'invalid_request',
        'caller_not_allowed',
        'invalid_credentials',
        'email_unverified',
        'customer_disabled',
        'invalid_input',
        'identity_elsewhere',
        'identity_taken',
      ],
    }),
    async (c) => {
      const form = c.req.valid('form')
      const { page, ctx, passkey } = await readOpenPage(c, form)
      const next = await continueLogin(c, ctx, form, page)
      if (typeof next === 'string') return c.redirect(next, 303)
      const email = next.code === null ? (form.email ?? '') : ''
      const { html, headers } = await showLogin(c, { page: next, email, passkey })
      return c.html(html, 200, headers)
    },
    refuseInputAs('invalid_request'),
  )
