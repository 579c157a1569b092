import type { Context } from '#core/context'
import type { ProvenIdentity, RelyingParty } from '#core/identity'
import { Refusal } from '#kernel/error'
import { log } from '#kernel/log'
import { type CallbackAnswer, readCallbackAnswer } from './callback-answer.ts'
import { callbackUrl } from './callback-url.ts'
import type { readLoginState } from './login-state.ts'

/** Why a login at a provider brought nobody. */
export type ProviderLoginFailure =
  /** The shopper went back. */
  | 'cancelled'
  /** The provider does not let this service, or this shopper, in. */
  | 'refused'
  /** It took too long, or was used before. */
  | 'expired'
  /** The answer is not what an honest provider sends to this login. */
  | 'untrusted'
  /** The provider is away. */
  | 'issuer_unavailable'

type FinishedLogin =
  | { readonly is: 'proven'; readonly identity: ProvenIdentity }
  | { readonly is: 'failed'; readonly why: ProviderLoginFailure }

const failed = (why: ProviderLoginFailure): FinishedLogin => ({ is: 'failed', why })

/**
 * Checks a provider's answer to a login that `beginProviderLogin` began, and exchanges its code for an identity. It refuses nothing: the page
 * shows what has failed.
 * @param state the answer's state, of this tenant.
 * @param parameters of the callback: its query, or its form.
 */
export async function redeemProviderCallback(
  ctx: Context,
  state: NonNullable<ReturnType<typeof readLoginState>>,
  parameters: URLSearchParams,
): Promise<FinishedLogin> {
  const provider = ctx.identity.providers.get(state.provider)
  if (provider === undefined || state.tenant !== ctx.tenant) return failed('untrusted')
  const answer = readCallbackAnswer(parameters)
  try {
    if (answer === null || !(await isFrom(provider, answer))) return untrusted(state, 'answer')
    if (answer.error !== null) return failed(failureOf(answer.error))
    if (state.isOver) return failed('expired')
    if (answer.code === null) return untrusted(state, 'answer')
    const { nonce, verifier } = state
    const redirectUri = callbackUrl(ctx, state.provider)
    const identity = await provider.redeem({ code: answer.code, nonce, verifier, redirectUri })
    return identity === null ? failed('expired') : { is: 'proven', identity }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'issuer_unavailable') return failed('issuer_unavailable')
    if (error.code === 'invalid_token') return untrusted(state, 'token')
    throw error
  }
}

/** Checks `iss` (RFC 9207, 2.4). If it is present, it must be the provider's issuer. It may be absent only if the issuer does not announce it. */
async function isFrom({ issuer }: RelyingParty, { iss }: CallbackAnswer): Promise<boolean> {
  return iss === null ? !(await issuer.announcesIss()) : iss === issuer.url
}

/** The log tells the operator that a wrong server answered, or that the settings do not match the provider. */
function untrusted(
  { tenant, provider }: { readonly tenant: string; readonly provider: string },
  what: string,
): FinishedLogin {
  log('warn', 'the answer of an identity provider is not trusted', { tenant, provider, what })
  return failed('untrusted')
}

/** RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6; the last one is Apple's. */
const failures: Readonly<Record<string, ProviderLoginFailure>> = {
  access_denied: 'cancelled',
  interaction_required: 'cancelled',
  login_required: 'cancelled',
  account_selection_required: 'cancelled',
  consent_required: 'cancelled',
  user_cancelled_authorize: 'cancelled',
  server_error: 'issuer_unavailable',
  temporarily_unavailable: 'issuer_unavailable',
}

const failureOf = (error: string): ProviderLoginFailure =>
  Object.hasOwn(failures, error) ? (failures[error] ?? 'refused') : 'refused'
