import { Refusal } from '#kernel/error'
import type { Context, Scope } from './context.ts'

/** A shopper acts for itself only. The scope of other callers was checked before. */
export function mustMatchShopper(ctx: Context, customerId: string): void {
  if (ctx.actor.type === 'shopper' && ctx.actor.id !== customerId) {
    throw new Refusal('caller_not_allowed')
  }
}

/** Allows services with the scope, and the system itself. */
export function mustHaveScope(ctx: Context, scope: Scope): void {
  const { actor } = ctx
  if (actor.type === 'system') return
  if (actor.type === 'shopper') throw new Refusal('caller_not_allowed')
  if (!actor.scopes.has(scope)) throw new Refusal('insufficient_scope', { scope })
}

/** The way of a shopper to change what only services change by such a field. */
const ways: Readonly<Record<string, string>> = {
  email: 'A shopper changes the address with `POST /auth/email/change`.',
  imported: 'A shopper sends the whole address without it.',
}

/** The refusal for fields that only services may send, in a request that the caller may otherwise make. */
export const servicesOnlyFieldsRefusal = (paths: readonly string[]): Refusal =>
  new Refusal('caller_not_allowed', {
    errors: paths.map((path) => {
      const way = ways[path.replace(/^.*\./, '')]
      return {
        path,
        code: 'services_only',
        message: `Only services may send this field.${way === undefined ? '' : ` ${way}`}`,
      }
    }),
  })
