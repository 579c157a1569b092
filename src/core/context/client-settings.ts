import * as z from 'zod'
import { atLeast, atMost } from '#kernel/length'
import { PublicKey } from './public-key.ts'
import { oneLine, redirectUri } from './setting-kind.ts'

/** A program that asks for tokens. */
export const ClientSettings = z.strictObject({
  scopes: z.array(z.string()).default([]),
  /** What the login page calls it; default: its id. */
  name: oneLine(100).optional(),
  /** Where a login on the page may lead to. With one, the client may use the authorization code grant. */
  redirect_uris: z.array(redirectUri).check(atMost(20)).default([]),
  /** The keys by which it proves itself instead of by a secret (`private_key_jwt`). There are more than one while one is being replaced. */
  jwks: z.strictObject({ keys: z.array(PublicKey).check(atLeast(1), atMost(5)) }).optional(),
  /** A native app or a page without a server: it keeps no secret, so it has none, and no scope of its own. */
  public: z.boolean().default(false),
})
