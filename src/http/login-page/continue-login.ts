import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import type { CheckedLogin } from '#core/account'
import {
  errorResponseUrl,
  finishPageLogin,
  type OpenLoginPage,
  unsealLoginPage,
} from '#core/authorization'
import type { Context } from '#core/context'
import type { Client } from '#core/identity'
import { Refusal } from '#kernel/error'
import { readCaller } from '../caller-and-edge-place.ts'
import { openContext } from '../context.ts'
import { heedEdgeLimit } from '../edge-limit.ts'
import type { Env } from '../env.ts'
import { checkCodeLogin, mailLoginCode } from './login-code.ts'
import { checkPasskeyLogin, passkeyRequestOf } from './passkey.ts'
import { checkPasswordLogin } from './password.ts'
import { continueProviderLogin, isProviderForm, providerFormChoices } from './provider.ts'
import { isCrossSiteForm, isSameBrowser } from './same-browser.ts'

export const LoginForm = z
  .object({
    page: z.string(),
    way: z
      .enum(['password', 'passkey', 'code', 'verify', 'back', 'cancel', ...providerFormChoices])
      .default('provider')
      .meta({
        description:
          'Log in by the password or a passkey, have a code mailed, log in by the code, choose another way, go back to the client, or log in at a provider and connect its login',
      }),
    email: z.string().optional(),
    password: z.string().optional(),
    code: z.string().optional(),
    provider: z.string().optional().meta({ description: 'The name of the provider to log in at' }),
    passkey: z.string().optional().meta({ description: 'A PasskeyAssertion as JSON' }),
  })
  .meta({
    id: 'LoginForm',
    description: 'What the page sends',
    examples: [
      { page: '…', way: 'password', email: 'jane@example.com', password: 'a quiet river' },
    ],
  })
type LoginForm = z.output<typeof LoginForm>

/** The context of a browser that a client has sent here: nobody is logged in yet. */
export function loginPageContext(c: HonoContext<Env>, { id, tenant }: Client): Context {
  const scopes = new Set(['customer:register'] as const)
  const actor = { type: 'storefront', id, scopes, tokenId: null } as const
  return openContext(c, { tenant, actor, caller: readCaller(c, id, actor, null) })
}

/** The page of a form. Refuses a form of another site, and a form of a page that this browser has not opened. */
export async function readOpenPage(c: HonoContext<Env>, { page: sealed, email = '' }: LoginForm) {
  if (isCrossSiteForm(c)) throw new Refusal('caller_not_allowed')
  const { config, keyring, now } = c.env
  const read = unsealLoginPage(keyring, config.clients, sealed, now())
  if (read === null || !isSameBrowser(c, read.page.browser)) throw new Refusal('invalid_request')
  const { page, isOver } = read
  const { client } = page.request
  c.set('shown', { tenant: client.tenant, client: client.id })
  const ctx = loginPageContext(c, client)
  const passkey = await passkeyRequestOf(ctx, ctx.settings)
  c.set('page', { client, shown: { page, email, passkey } })
  if (isOver) throw new Refusal('invalid_request')
  return { page, ctx, passkey }
}

/** Carries out the shopper's choice on the page. Returns the URL to redirect to, or the next state of the page. */
export async function continueLogin(
  c: HonoContext<Env>,
  ctx: Context,
  form: LoginForm,
  page: OpenLoginPage,
) {
  const { url } = c.env.identity.issuer
  const { request } = page
  if (form.way === 'cancel') return errorResponseUrl(url, request, 'access_denied')
  if (form.way === 'back') return { ...page, code: null }
  await heedEdgeLimit(c.env, ctx.caller?.place ?? null, 'place')
  if (isProviderForm(form)) return continueProviderLogin(ctx, url, page, form)
  if (form.way === 'code') return mailLoginCode(ctx, page, form)
  return finishPageLogin(ctx, url, request, await check(ctx, page, form))
}

function check(ctx: Context, page: OpenLoginPage, form: LoginForm): Promise<CheckedLogin> {
  if (form.way === 'verify') return checkCodeLogin(ctx, page, form)
  if (form.way === 'passkey') return checkPasskeyLogin(ctx, form)
  return checkPasswordLogin(ctx, form)
}
