import {
  leaveForProvider,
  linkByCode,
  mailLinkingCode,
  type OpenLoginPage,
} from '#core/authorization'
import type { Context } from '#core/context'

/** The form's choices that concern other providers: log in there, ask for a code to an address, prove the address by the code. */
export const providerFormChoices = ['provider', 'prove', 'connect'] as const

type Form = {
  readonly way: (typeof providerFormChoices)[number]
  readonly provider?: string | undefined
  readonly email?: string | undefined
  readonly code?: string | undefined
}

/** Carries out the shopper's choice. Returns the URL to redirect to, or the next state of the page. */
export function continueProviderLogin(
  ctx: Context,
  issuer: string,
  page: OpenLoginPage,
  { way, provider = '', email, code }: Form,
): Promise<string | OpenLoginPage> {
  if (way === 'provider')
    return leaveForProvider(ctx, { ...page, linking: null, code: null }, provider)
  return way === 'prove' ? mailLinkingCode(ctx, page, email) : linkByCode(ctx, issuer, page, code)
}

/** Whether a way is one of these. */
export const isProviderForm = <F extends { readonly way: string }>(
  form: F,
): form is F & Pick<Form, 'way'> => providerFormChoices.some((way) => way === form.way)
