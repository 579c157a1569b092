import * as z from 'zod'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { oneLine, siteUrl } from './setting-kind.ts'

/** RFC 6749, 3.3. */
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be one scope')

const ProviderSetting = z.strictObject({
  /** To the letter as its tokens name it. */
  issuer: siteUrl,
  client_id: z.string().check(lengthAtLeast(1), lengthAtMost(500)),
  /** What the button says; default: the name. */
  label: oneLine(50).optional(),
  scopes: z
    .array(scope)
    .refine((scopes) => scopes.includes('openid'), 'must name openid')
    .default(['openid', 'email']),
  /** How the browser brings the answer. Apple sends a form when it is asked for the address. */
  response_mode: z.enum(['query', 'form_post']).default('query'),
})

/** A name stands in the URL of the provider's callback. That of Hanzo ID has none. */
const providerName = z
  .string()
  .regex(/^[a-z0-9-]{1,30}$/, 'must be 1 to 30 of a to z, 0 to 9 and dashes')
  .refine((name) => name !== 'hanzo', 'must not be hanzo: `identity` says that')

export const ProviderSettings = z.record(providerName, ProviderSetting)
