import * as z from 'zod'
import type { Keyring } from '#core/context'
import type { Client } from '#core/identity'
import { type Language, languages } from '#core/mail'
import { isLive, Linking } from './linking.ts'
import { isRegistered } from './redirect-uri.ts'
import type { AuthorizationRequest } from './request.ts'

/** How long a login page may stay open. */
const LIVES_MS = 30 * 60_000

/** What the page of a login carries through the browser: nothing is stored before the login succeeds, so each tab has its own. */
export type OpenPage = {
  readonly request: AuthorizationRequest
  readonly language: Language
  /** The hash of the browser's cookie: another browser cannot send this page's form. */
  readonly browser: string
  /** The address to which a code was mailed, and the handle with which it is good; null: the page asks for no code. */
  readonly code: { readonly email: string; readonly handle: string } | null
  /** An identity of a provider that is to be linked to an account. */
  readonly linking: Linking | null
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
  linking: Linking.nullable(),
  isSilent: z.boolean(),
  until: z.number(),
})

const CONTEXT = 'page'

/** The page as a text that only this service can read or make. */
export function sealPage(keyring: Keyring, { request, ...page }: OpenPage, now: Date): string {
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
 * The page of a sealed text, and whether it was open for too long. Null for a text that was not made here, and if today's configuration would
 * not let the client ask so any more.
 */
export function readPage(
  keyring: Keyring,
  clients: ReadonlyMap<string, Client>,
  text: string,
  now: Date,
): { readonly page: OpenPage; readonly isOver: boolean } | null {
  const sealed = unseal(keyring, text)
  if (sealed === null) return null
  const { tenant, client: id, redirectUri, state, challenge, until, linking, ...page } = sealed
  const client = clients.get(id)
  if (client?.tenant !== tenant || !isRegistered(client.redirectUris, redirectUri)) return null
  const request = { client, redirectUri, state, challenge }
  const isOver = until < now.getTime()
  const isLost = linking !== null && !isLive(linking, now)
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
