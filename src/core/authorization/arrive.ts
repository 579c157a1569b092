import { type Context, commitQuietly } from '#core/context'
import type { ProvenIdentity } from '#core/identity'
import { finishLogin, type LoginFailure, loginByIdentity, type readState } from '#core/upstream'
import { Refusal } from '#kernel/error'
import { codeTarget, errorTarget } from './answer.ts'
import { toLinking } from './linking.ts'
import { newCode } from './new-code.ts'
import type { OpenPage } from './open-page.ts'

/** What comes of a login at a provider. */
type Arrival =
  /** The client gets its answer there. */
  | { readonly is: 'answered'; readonly url: string }
  | { readonly is: 'failed'; readonly why: LoginFailure }
  /** The identity is linked to nobody: the page asks for a proof of the address. */
  | { readonly is: 'unlinked'; readonly page: OpenPage }

type Returning = {
  /** Of the code. */
  readonly issuer: string
  readonly page: OpenPage
  readonly state: NonNullable<ReturnType<typeof readState>>
  /** Of the callback. */
  readonly parameters: URLSearchParams
}

/**
 * Ends a login at a provider. A linked identity gives the client a code. Where the client wants no screen, it gets an error instead
 * of one; the provider's own words never reach it. Refuses `customer_disabled`, `email_unverified`, and `invalid_credentials` if the link ended meanwhile.
 */
export async function arrive(ctx: Context, returning: Returning): Promise<Arrival> {
  const { issuer, page, state, parameters } = returning
  const finished = await finishLogin(ctx, state, parameters)
  if (!page.isSilent) {
    return finished.is === 'failed' ? finished : enter(ctx, issuer, page, finished.identity)
  }
  const toClient = (error: 'login_required' | 'temporarily_unavailable'): Arrival => ({
    is: 'answered',
    url: errorTarget(issuer, page.request, error),
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
  page: OpenPage,
  identity: ProvenIdentity,
): Promise<Arrival> {
  const login = await loginByIdentity(ctx, identity)
  if (login === null) {
    const linking = toLinking(identity, ctx.now)
    return { is: 'unlinked', page: { ...page, code: null, linking } }
  }
  const { customerId, proof } = login
  const tokens = identity.account?.tokens
  const { code, stored } = newCode(ctx, page.request, { customerId, tokens })
  const done = await commitQuietly(ctx, { ...proof, stored })
  if (done.stored.length === 0) throw new Refusal('invalid_credentials')
  return { is: 'answered', url: codeTarget(issuer, page.request, code) }
}
