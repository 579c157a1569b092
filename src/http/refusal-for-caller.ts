import type { Context as HonoContext } from 'hono'
import type { Context } from '#core/context'
import { type CallerKind, Refusal, type RefusalCode, refusals } from '#kernel/error'
import { type Access, accessByRoute, callerKindsOf, neededScope } from './access.ts'
import type { Env } from './env.ts'
import { unmetConditionDetails } from './unmet-condition.ts'

/** Sentences for a service where the usual sentence tells a shopper what to do. */
const adviceToServices: Readonly<Partial<Record<RefusalCode, string>>> = {
  email_unverified:
    'The customer has not verified the e-mail address. Send the link again with `POST /auth/verify-email/resend`.',
  customer_disabled:
    'The customer is disabled. `POST /customer/{id}/enable` enables the customer again.',
}

const SECRETS = 'In development the secret of a client is its name.'

/**
 * Adapts a refusal to its caller. A refusal of the token names the token's kind and the kinds of callers that the route takes; neither
 * is a secret. Only services read the survivor of a merge, because a shopper sees no other customer.
 */
export function refusalForCaller(c: HonoContext<Env>, { code, details }: Refusal): Refusal {
  const ctx: Context | undefined = c.get('ctx')
  const kind: CallerKind | undefined = c.get('kind')
  const { survivorId, ...others } = details
  const told = ctx?.actor.type === 'service' ? details : others
  if (code === 'invalid_client' && c.env.config.development) {
    return new Refusal(code, { ...told, detail: `${told.detail ?? refusals[code]} ${SECRETS}` })
  }
  if (kind === undefined) return new Refusal(code, told)
  const rule = accessByRoute[c.get('route')]
  if (code === 'insufficient_scope') {
    const scope = details.scope ?? neededScope(rule) ?? undefined
    return new Refusal(code, { ...told, caller: kind, scope, detail: lacking(kind, scope) })
  }
  if (code === 'precondition_failed') {
    return new Refusal(code, {
      ...told,
      ...(told.detail === undefined ? unmetConditionDetails(c, told.changed) : {}),
    })
  }
  const forService = kind === 'service' ? adviceToServices[code] : undefined
  if (forService !== undefined) return new Refusal(code, { detail: forService, ...told })
  if (code !== 'caller_not_allowed') return new Refusal(code, told)
  const detail = told.errors === undefined ? notFor(kind, rule) : fieldsNotFor(kind)
  const callers = callerKindsOf(rule).filter((one) => details.callers?.includes(one) ?? true)
  return new Refusal(code, {
    ...told,
    detail: told.detail ?? detail,
    caller: kind,
    callers: callers.length > 0 ? callers : callerKindsOf(rule),
  })
}

const lacking = (kind: CallerKind, scope: string | undefined): string =>
  `The token belongs to a ${kind} and lacks the scope \`${scope}\`, which the route needs.`

const fieldsNotFor = (kind: CallerKind): string =>
  `The token belongs to a ${kind}. Only a service may send the fields that \`errors\` names.`

function notFor(kind: CallerKind, rule: Access): string {
  const kinds = callerKindsOf(rule)
  const others = kinds.filter((other) => other !== kind).map((other) => named(other, rule))
  if (!kinds.includes(kind)) {
    return `The token belongs to a ${kind}. This route is for ${others.join(' or ')}.`
  }
  const own = `The token belongs to a ${kind}, which may use this route for its own account only: \`/customer/me\`.`
  return others.length === 0
    ? own
    : `${own} Only ${others.join(' or ')} may use it for another account.`
}

const named = (kind: CallerKind, { service }: Access): string =>
  kind === 'service' && service ? `a service with the scope \`${service}\`` : `a ${kind}`
