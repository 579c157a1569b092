import * as z from 'zod'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { PublicKey } from './public-key.ts'
import { oneLine, redirectUri } from './setting-kind.ts'

/** A program that asks for tokens. */
export const ClientSettings = z.strictObject({
  scopes: z.array(z.string()).default([]),
  /** What the login page calls it; default: its id. */
  name: oneLine(100).optional(),
  /** Where a login on the page may lead to. With one, the client may use the authorization code grant. */
  redirect_uris: z.array(redirectUri).check(lengthAtMost(20)).default([]),
  /** The keys by which it proves itself instead of by a secret (`private_key_jwt`). There are more than one while one is being replaced. */
  jwks: z
    .strictObject({ keys: z.array(PublicKey).check(lengthAtLeast(1), lengthAtMost(5)) })
    .optional(),
  /** Whether the client is public: a native app or a page without a server. It cannot keep a secret, so it has no secret and no scopes. */
  public: z.boolean().default(false),
})
