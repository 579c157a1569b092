import type { RefusalCode } from '#kernel/error'
import { limitCode } from '#kernel/limit-refusal'
import type { Access } from '../access.ts'
import { header, requiredHeader } from '../header.ts'
import { policyHeader, tellsRest } from '../limit.ts'

/** The codes with which a route refuses a request beyond a limit. A route without a token may be limited in front of the service, too. */
export const codesOfLimits = ({ limited, open }: Access): readonly RefusalCode[] =>
  limited?.map(limitCode) ?? (open ? ['too_many_requests'] : [])

/** What an answer of a limited route says of its limits. While a setting is wrong, no route answers. */
export function limitHeaders(rule: Access, status: number) {
  if (rule.limited === undefined) return {}
  const policy = `The limits here (draft-ietf-httpapi-ratelimit-headers): \`${policyHeader(rule.limited)}\``
  const refused = 'The limit that was reached, with the rest (`r=0`) and the seconds to wait (`t`)'
  const known = 'The rest of the limit that counted this request, if it is known'
  return {
    'RateLimit-Policy': status === 500 ? header(policy) : requiredHeader(policy),
    ...(status === 429 ? { RateLimit: requiredHeader(refused) } : {}),
    ...(status !== 429 && rule.limited.some(tellsRest) ? { RateLimit: header(known) } : {}),
  }
}
