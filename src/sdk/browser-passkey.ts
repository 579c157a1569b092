import type { PasskeyAssertion, PasskeyCreation, PasskeyRequest, RegisterPasskey } from './model.ts'

/** What of Web Authentication is used. */
type MaybeBrowser = {
  readonly navigator?: {
    readonly credentials?: {
      create(options: object): Promise<unknown>
      get(options: object): Promise<unknown>
    }
  }
}
type Made<R> = { readonly id: string; readonly response: R }
type Attestation = {
  readonly clientDataJSON: ArrayBuffer
  readonly attestationObject: ArrayBuffer
  readonly getTransports?: () => string[]
}
type Assertion = {
  readonly clientDataJSON: ArrayBuffer
  readonly authenticatorData: ArrayBuffer
  readonly signature: ArrayBuffer
  readonly userHandle: ArrayBuffer | null
}

/** Options of the browser's passkey prompt. */
export type Asking = {
  /** `conditional` offers passkeys in a field with `autocomplete="username webauthn"`. */
  readonly mediation?: 'conditional' | 'optional' | 'required' | 'silent' | undefined
  readonly signal?: AbortSignal | undefined
}

const credentials = () => {
  const found = (globalThis as MaybeBrowser).navigator?.credentials
  if (!found) throw new TypeError('This is no browser with passkeys.')
  return found
}

/** Replaces `parseCreationOptionsFromJSON` and `toJSON`, which some browsers with passkeys lack. */
const bytes = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) =>
    letter.charCodeAt(0),
  )

const text = (of: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(of)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')

const named = <R>({ id }: Made<unknown>, response: R) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  response,
})

/** Has an authenticator make a passkey. Fails as the browser does: `InvalidStateError` if it has one already, `NotAllowedError` if the person declines. */
export async function createPasskey(
  { challenge, user, excludeCredentials, ...options }: PasskeyCreation,
  signal?: AbortSignal,
): Promise<RegisterPasskey> {
  const publicKey = {
    ...options,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })),
  }
  const made = (await credentials().create({ publicKey, signal })) as Made<Attestation>
  const { clientDataJSON, attestationObject, getTransports } = made.response
  return named(made, {
    clientDataJSON: text(clientDataJSON),
    attestationObject: text(attestationObject),
    transports: getTransports?.call(made.response),
  })
}

/** Asks for a passkey. */
export async function askForPasskey(
  { challenge, allowCredentials: _, ...options }: PasskeyRequest,
  asking: Asking,
): Promise<PasskeyAssertion> {
  const publicKey = { ...options, challenge: bytes(challenge) }
  const used = (await credentials().get({ publicKey, ...asking })) as Made<Assertion>
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response
  return named(used, {
    clientDataJSON: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle && text(userHandle),
  })
}
