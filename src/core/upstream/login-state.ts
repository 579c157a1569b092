import * as z from 'zod'
import type { Keyring } from '#core/context'

/** How long a login at a provider may take. */
const LIVES_MS = 10 * 60_000

/** The state of a login at a provider. The browser carries it, so the service stores nothing before the login succeeds. */
type LoginState = {
  readonly tenant: string
  /** The name of the provider that is to answer. */
  readonly provider: string
  readonly nonce: string
  /** RFC 7636. */
  readonly verifier: string
  /** What the page that began the login wants back. */
  readonly page: string
}

const Sealed = z.strictObject({
  tenant: z.string(),
  provider: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  page: z.string(),
  until: z.number(),
})

/** The state as a text that only this service can read or make. It is base64url, for one provider cuts a state at `&`. */
export function sealLoginState(keyring: Keyring, state: LoginState, now: Date): string {
  const sealed: z.output<typeof Sealed> = { ...state, until: now.getTime() + LIVES_MS }
  return keyring.seal('upstream-state', JSON.stringify(sealed), state.provider)
}

/**
 * The state in an answer, and whether the login took too long. Null for a text that was not made here. Each provider has a callback of its
 * own, so an answer that another one sends there has no state (RFC 9700, 4.4).
 * @param provider whose callback was called.
 */
export function readLoginState(
  keyring: Keyring,
  provider: string,
  text: string,
  now: Date,
): (LoginState & { readonly isOver: boolean }) | null {
  const sealed = unseal(keyring, provider, text)
  if (sealed === null) return null
  const { until, ...state } = sealed
  return { ...state, isOver: until < now.getTime() }
}

function unseal(keyring: Keyring, provider: string, text: string): z.output<typeof Sealed> | null {
  try {
    return Sealed.parse(JSON.parse(keyring.open('upstream-state', text, provider)))
  } catch {
    return null
  }
}
