import type { Context as HonoContext } from 'hono'
import { type OpenLoginPage, sealLoginPage } from '#core/authorization'
import type { Settings } from '#core/context'
import type { Client } from '#core/identity'
import type { PasskeyRequest } from '#core/passkey'
import type { Env } from '../env.ts'
import { findLoginWays } from './find-login-ways.ts'
import { chooseLanguage } from './language.ts'
import { type Page, pageHeaders } from './page-headers.ts'
import type { MessageView, Problem } from './view-types.ts'

/** A login page that is open in a browser, with what was typed into it. */
export type Shown = {
  readonly page: OpenLoginPage
  readonly email: string
  /** What a browser needs to ask for a passkey; null: the page offers none. */
  readonly passkey: PasskeyRequest | null
}

/** The longest e-mail address. The page does not repeat what cannot be one. */
const LONGEST_EMAIL = 254

type Answer = { readonly html: string; readonly headers: Readonly<Record<string, string>> }

const answerOf = (page: Page): Answer => ({ html: page.html, headers: pageHeaders(page) })

const lookOf = (c: HonoContext<Env>, client: Client): Settings | null =>
  c.env.config.tenants.get(client.tenant) ?? null

/** The login page. Only this path loads what renders it. @param problem what went wrong with the last try. */
export async function showLogin(
  c: HonoContext<Env>,
  { page, email, passkey }: Shown,
  problem: Problem | null = null,
): Promise<Answer> {
  const { config, keyring, now } = c.env
  const { request, language } = page
  const look = lookOf(c, request.client)
  if (look === null) return showMessage(c, request.client, 'lost', 'invalid_request')
  const { loginPage } = await import('./render.tsx')
  return answerOf(
    loginPage({
      ...{ language, look, problem, email: email.length > LONGEST_EMAIL ? '' : email },
      ...(await findLoginWays(c, look, page)),
      mailedTo: page.code?.email ?? null,
      passkey,
      client: request.client.name,
      redirectUri: request.redirectUri,
      action: `${new URL(config.publicUrl).pathname.replace(/\/$/, '')}/oauth/authorize`,
      sealed: sealLoginPage(keyring, page, now()),
    }),
  )
}

/** A page that says why there is no login. @param client null: it is not known. */
export async function showMessage(
  c: HonoContext<Env>,
  client: Client | null,
  message: MessageView['message'],
  code: MessageView['code'],
): Promise<Answer> {
  const { messagePage } = await import('./render.tsx')
  const language = chooseLanguage(
    c.req.query('ui_locales') ?? null,
    c.req.header('Accept-Language'),
  )
  const look = client === null ? null : lookOf(c, client)
  const { development } = c.env.config
  return answerOf(messagePage({ language, look, message, code, development }))
}
