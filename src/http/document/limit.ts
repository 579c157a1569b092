import type { RefusalCode } from '#kernel/error'
import { limitCode } from '#kernel/limit-refusal'
import type { Access } from '../access.ts'
import { headerDocument, requiredHeaderDocument } from '../header-document.ts'
import { rateLimitPolicyHeader, tellsRemaining } from '../rate-limit-header.ts'

/** The codes with which a route refuses a request beyond a limit. A route without a token may be limited in front of the service, too. */
export const codesOfLimits = ({ limited, open }: Access): readonly RefusalCode[] =>
  limited?.map(limitCode) ?? (open ? ['too_many_requests'] : [])

/** The documents of the limit headers of a route. A 500 for a wrong setting may lack them. */
export function limitHeaders(rule: Access, status: number) {
  if (rule.limited === undefined) return {}
  const policy = `The limits here (draft-ietf-httpapi-ratelimit-headers): \`${rateLimitPolicyHeader(rule.limited)}\``
  const refused = 'The limit that was reached, with the rest (`r=0`) and the seconds to wait (`t`)'
  const known = 'The rest of the limit that counted this request, if it is known'
  return {
    'RateLimit-Policy': status === 500 ? headerDocument(policy) : requiredHeaderDocument(policy),
    ...(status === 429 ? { RateLimit: requiredHeaderDocument(refused) } : {}),
    ...(status !== 429 && rule.limited.some(tellsRemaining)
      ? { RateLimit: headerDocument(known) }
      : {}),
  }
}
