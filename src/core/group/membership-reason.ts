import type { Context } from '#core/context'
import { parseStoredRule, type RuleFacts, ruleReasonsOf, type Why } from '#core/customer'

/** The rule that holds a member, and what it reads of the customer. The rule may be gone, and its members about to leave. */
export type HoldingRule = {
  readonly rule: Readonly<Record<string, unknown>> | null
  readonly allowShopperValues: boolean
  readonly facts: RuleFacts
}

type Row<T> = { readonly item: T | null; readonly held: HoldingRule | null }

/** Members with the reasons for which a rule holds them, by its present values. */
export const withReasons = <T extends object>(ctx: Context, rows: readonly Row<T>[]) =>
  rows.map((row) => ({
    ...row,
    item: row.item === null ? null : { ...row.item, ...membershipReasonOf(ctx, row.held) },
  }))

/** Whether the caller may read reasons. Shoppers may not. A service needs the scope `customer:read`. */
const mayKnow = ({ actor }: Context): boolean =>
  actor.type === 'service' && actor.scopes.has('customer:read')

/** The reason for which a rule holds a member. */
export function membershipReasonOf(ctx: Context, held: HoldingRule | null): { readonly why?: Why } {
  const { settings, now } = ctx
  if (held === null || !mayKnow(ctx)) return {}
  const filter = parseStoredRule(settings, held.rule, held.allowShopperValues)
  return filter === null ? {} : { why: ruleReasonsOf(filter, held.facts, now) }
}
