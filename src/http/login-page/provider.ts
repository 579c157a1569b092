import { askToConnect, connect, type OpenPage, setOut } from '#core/authorization'
import type { Context } from '#core/context'

/** The ways that have to do with other providers: log in there, have an address proven, prove it by the code of the mail. */
export const providerWays = ['provider', 'prove', 'connect'] as const

type Form = {
  readonly way: (typeof providerWays)[number]
  readonly provider?: string | undefined
  readonly email?: string | undefined
  readonly code?: string | undefined
}

/** Does what the shopper has chosen. Answers with the URL to go on at, or with the page as it goes on. */
export function goOnWithProvider(
  ctx: Context,
  issuer: string,
  page: OpenPage,
  { way, provider = '', email, code }: Form,
): Promise<string | OpenPage> {
  if (way === 'provider') return setOut(ctx, { ...page, linking: null, code: null }, provider)
  return way === 'prove' ? askToConnect(ctx, page, email) : connect(ctx, issuer, page, code)
}

/** Whether a way is one of these. */
export const isOfProvider = <F extends { readonly way: string }>(
  form: F,
): form is F & Pick<Form, 'way'> => providerWays.some((way) => way === form.way)
