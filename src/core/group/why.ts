import type { Context } from '#core/context'
import { type Facts, findRule, type Why, whyOf } from '#core/customer'

/** The rule that holds a member, and what it reads of the customer. The rule may be gone, and its members about to leave. */
export type Held = {
  readonly rule: Readonly<Record<string, unknown>> | null
  readonly allowShopperValues: boolean
  readonly facts: Facts
}

type Row<T> = { readonly item: T | null; readonly held: Held | null }

/** Members with the reasons for which a rule holds them, by its present values. */
export const withReasons = <T extends object>(ctx: Context, rows: readonly Row<T>[]) =>
  rows.map((row) => ({
    ...row,
    item: row.item === null ? null : { ...row.item, ...reasonOf(ctx, row.held) },
  }))

/** Shoppers do not read what a shop asks for, and a service only what it may read of customers. */
const mayKnow = ({ actor }: Context): boolean =>
  actor.type === 'service' && actor.scopes.has('customer:read')

/** The reason for which a rule holds a member. */
export function reasonOf(ctx: Context, held: Held | null): { readonly why?: Why } {
  const { settings, now } = ctx
  if (held === null || !mayKnow(ctx)) return {}
  const filter = findRule(settings, held.rule, held.allowShopperValues)
  return filter === null ? {} : { why: whyOf(filter, held.facts, now) }
}
