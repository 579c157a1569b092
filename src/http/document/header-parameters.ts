import type { Access } from '../access.ts'
import { textSchema } from '../header-document.ts'

/** The headers that each route with this access reads, as parameters of OpenAPI. */
export function headerParameters(rule: Access) {
  return [
    ...(rule.keyed
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header' as const,
            required: false,
            description: `Repeating a request under its key gets the first answer, for at least 24 hours. ${keysOf(rule)}`,
            schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
          },
        ]
      : []),
    ...(rule.conditional ? conditions : []),
    ...(rule.reasoned ? [reason] : []),
    ...(rule.limited && !rule.open ? naming : []),
  ]
}

const reason = {
  name: 'X-Reason',
  in: 'header' as const,
  required: false,
  description: 'The reason, percent-encoded, at most 500 characters. The event contains it.',
  schema: textSchema,
}

/** The headers by which a shop's server says for whom it asks. */
const naming = [
  {
    name: 'X-Caller-Address',
    in: 'header' as const,
    required: false,
    description:
      'The shopper’s IP address, if a service sends the request for a shopper. Limits count this address as if the browser had sent the request, and the list of sessions shows it. Without it the request has no place, and only the limits per account apply. An address of a private network is ignored. The header is trusted only from a service, or together with `X-Service-Token`.',
    schema: textSchema,
  },
  {
    name: 'X-Service-Token',
    in: 'header' as const,
    required: false,
    description:
      'The access token of a service, sent together with the token of a shopper or a storefront. It proves that the server may send `X-Caller-Address`.',
    schema: textSchema,
  },
]

/** Whose the keys of a route are. */
const keysOf = ({ storefront }: Access): string =>
  storefront
    ? 'Keys belong to a client. The visitors of a storefront share one client, so there a key belongs to the access token. After that token is renewed, a repeated request counts as new, which is safe here.'
    : 'A service’s key belongs to its client, a shopper’s key to the shopper.'

const conditions = [
  {
    name: 'If-Match',
    in: 'header' as const,
    required: false,
    description:
      'A list of ETags from earlier answers, or `*` for any. If the resource has changed since, the answer is 412. Weak and strong tags count alike.',
    schema: textSchema,
  },
  {
    name: 'If-None-Match',
    in: 'header' as const,
    required: false,
    description:
      'A list of ETags, or `*`. If the resource still has one of them, a read answers 304 and a write 412. With `*`, a write succeeds only if the resource does not exist yet.',
    schema: textSchema,
  },
]
