import * as z from 'zod'
import type { Keyring } from '#core/context'
import type { Client } from '#core/identity'
import { type Language, languages } from '#core/mail'
import { isRegisteredRedirectUri } from './redirect-uri.ts'
import type { AuthorizationRequest } from './request.ts'
import { isStillLinkable, UnlinkedIdentity } from './unlinked-identity.ts'

/** How long a login page may stay open. */
const LIVES_MS = 30 * 60_000

/** The state of an open login page. It travels sealed through the browser, so each tab has its own. Nothing is stored before a login succeeds. */
export type OpenLoginPage = {
  readonly request: AuthorizationRequest
  readonly language: Language
  /** The hash of the browser's cookie: another browser cannot send this page's form. */
  readonly browser: string
  /** The address to which a code was mailed, and the handle with which it is good; null: the page asks for no code. */
  readonly code: { readonly email: string; readonly handle: string } | null
  /** An identity of a provider that is to be linked to an account. */
  readonly linking: UnlinkedIdentity | null
  /** Whether the client wants an answer without a screen (`prompt=none`). */
  readonly isSilent: boolean
}

const Sealed = z.strictObject({
  tenant: z.string(),
  client: z.string(),
  redirectUri: z.string(),
  state: z.string().nullable(),
  challenge: z.string(),
  language: z.enum(languages),
  browser: z.string(),
  code: z.strictObject({ email: z.string(), handle: z.string() }).nullable(),
  linking: UnlinkedIdentity.nullable(),
  isSilent: z.boolean(),
  until: z.number(),
})

const CONTEXT = 'page'

/** The page as a text that only this service can read or make. */
export function sealLoginPage(
  keyring: Keyring,
  { request, ...page }: OpenLoginPage,
  now: Date,
): string {
  const { client, ...asked } = request
  const sealed: z.output<typeof Sealed> = {
    ...asked,
    ...page,
    tenant: client.tenant,
    client: client.id,
    until: now.getTime() + LIVES_MS,
  }
  return keyring.seal('login-page', JSON.stringify(sealed), CONTEXT)
}

/**
 * Reads a sealed page, and whether it was open for too long. Null: the text was not sealed here, or the client may no longer use this redirect URI.
 */
export function unsealLoginPage(
  keyring: Keyring,
  clients: ReadonlyMap<string, Client>,
  text: string,
  now: Date,
): { readonly page: OpenLoginPage; readonly isOver: boolean } | null {
  const sealed = unseal(keyring, text)
  if (sealed === null) return null
  const { tenant, client: id, redirectUri, state, challenge, until, linking, ...page } = sealed
  const client = clients.get(id)
  if (client?.tenant !== tenant || !isRegisteredRedirectUri(client.redirectUris, redirectUri))
    return null
  const request = { client, redirectUri, state, challenge }
  const isOver = until < now.getTime()
  const isLost = linking !== null && !isStillLinkable(linking, now)
  // An identity that has waited too long is forgotten, with the code that was to prove an address for it.
  return {
    page: { ...page, request, ...(isLost ? { linking: null, code: null } : { linking }) },
    isOver,
  }
}

function unseal(keyring: Keyring, text: string): z.output<typeof Sealed> | null {
  try {
    return Sealed.parse(JSON.parse(keyring.open('login-page', text, CONTEXT)))
  } catch {
    return null
  }
}
