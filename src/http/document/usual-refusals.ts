import type { RefusalCode } from '#kernel/error'
import type { Access } from '../access.ts'
import { codesOfLimits } from './limit.ts'

/**
 * The refusals that each route with this access can give, beside its own. `hasBody` says that the route reads a body; a route other than
 * GET refuses a malformed body even if it reads none.
 */
export function usualRefusals(key: string, rule: Access, hasBody: boolean): RefusalCode[] {
  const mayCarryBody = hasBody || !key.startsWith('GET ')
  return [
    ...(rule.open
      ? []
      : (['unauthenticated', 'invalid_token', 'caller_not_allowed', 'identity_unlinked'] as const)),
    ...(rule.service || rule.shopper ? (['insufficient_scope'] as const) : []),
    'malformed_request',
    ...codesOfLimits(rule),
    ...(rule.keyed ? (['idempotency_key_in_use', 'idempotency_key_reused'] as const) : []),
    ...(rule.conditional ? (['precondition_failed'] as const) : []),
    ...(mayCarryBody
      ? ([
          ...(takesForm(rule) ? [] : (['malformed_json'] as const)),
          'body_too_large',
          'unsupported_media_type',
        ] as const)
      : []),
    ...(hasBody || !rule.open
      ? [takesForm(rule) ? ('invalid_request' as const) : ('invalid_input' as const)]
      : []),
    'internal',
    'misconfigured',
    'database_unavailable',
    'issuer_unavailable',
  ]
}

const takesForm = ({ oauth, page }: Access): boolean => oauth === true || page === true
