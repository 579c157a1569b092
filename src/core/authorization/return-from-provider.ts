import { type Context, commitWithoutKey } from '#core/context'
import type { ProvenIdentity } from '#core/identity'
import {
  type ProviderLoginFailure,
  proveLinkedIdentity,
  type readLoginState,
  redeemProviderCallback,
} from '#core/upstream'
import { Refusal } from '#kernel/error'
import { newCodeAndStoringCall } from './new-code-and-storing-call.ts'
import type { OpenLoginPage } from './open-login-page.ts'
import { codeResponseUrl, errorResponseUrl } from './response-url.ts'
import { toUnlinkedIdentity } from './unlinked-identity.ts'

/** The result of a login at a provider. */
type Arrival =
  /** The client gets its answer there. */
  | { readonly is: 'answered'; readonly url: string }
  | { readonly is: 'failed'; readonly why: ProviderLoginFailure }
  /** The identity is linked to nobody: the page asks for a proof of the address. */
  | { readonly is: 'unlinked'; readonly page: OpenLoginPage }

type Returning = {
  /** Of the code. */
  readonly issuer: string
  readonly page: OpenLoginPage
  readonly state: NonNullable<ReturnType<typeof readLoginState>>
  /** Of the callback. */
  readonly parameters: URLSearchParams
}

/**
 * Ends a login at a provider. A linked identity gives the client a code. With `prompt=none`, the client gets an error instead of a screen. The provider's own error text never reaches the client. Refuses `customer_disabled`, `email_unverified`, and `invalid_credentials` if the link ended meanwhile.
 */
export async function returnFromProvider(ctx: Context, returning: Returning): Promise<Arrival> {
  const { issuer, page, state, parameters } = returning
  const finished = await redeemProviderCallback(ctx, state, parameters)
  if (!page.isSilent) {
    return finished.is === 'failed' ? finished : enter(ctx, issuer, page, finished.identity)
  }
  const toClient = (error: 'login_required' | 'temporarily_unavailable'): Arrival => ({
    is: 'answered',
    url: errorResponseUrl(issuer, page.request, error),
  })
  if (finished.is === 'failed') {
    const isAway = finished.why === 'issuer_unavailable'
    return toClient(isAway ? 'temporarily_unavailable' : 'login_required')
  }
  try {
    const entered = await enter(ctx, issuer, page, finished.identity)
    return entered.is === 'answered' ? entered : toClient('login_required')
  } catch (error) {
    if (error instanceof Refusal) return toClient('login_required')
    throw error
  }
}

async function enter(
  ctx: Context,
  issuer: string,
  page: OpenLoginPage,
  identity: ProvenIdentity,
): Promise<Arrival> {
  const login = await proveLinkedIdentity(ctx, identity)
  if (login === null) {
    const linking = toUnlinkedIdentity(identity, ctx.now)
    return { is: 'unlinked', page: { ...page, code: null, linking } }
  }
  const { customerId, proof } = login
  const tokens = identity.account?.tokens
  const { code, stored } = newCodeAndStoringCall(ctx, page.request, { customerId, tokens })
  const done = await commitWithoutKey(ctx, { ...proof, stored })
  if (done.stored.length === 0) throw new Refusal('invalid_credentials')
  return { is: 'answered', url: codeResponseUrl(issuer, page.request, code) }
}
