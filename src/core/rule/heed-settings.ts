import type { Context } from '#core/context'
import { findRule, untrustedFields } from '#core/customer'
import { noteRuleStanding } from '#core/group'
import type { RowOf } from '#db/use-case'
import type { findRules } from './query/find.ts'

/**
 * Notes which rules the present settings have stopped or let go on, and what shoppers can change by now. A rule that stops loses its moments
 * and keeps its members; one that goes on is carried out for all customers.
 */
export async function heedSettings(
  ctx: Context,
  rules: readonly RowOf<typeof findRules>[],
): Promise<void> {
  const { settings } = ctx
  for (const { key, rule, ruleNumber, allowShopperValues, ...stored } of rules) {
    const ruleStopped = findRule(settings, rule, allowShopperValues) === null
    const ruleUntrusted = untrustedFields(settings, rule)
    const isNoted =
      ruleStopped === stored.ruleStopped && isSame(ruleUntrusted, stored.ruleUntrusted)
    if (!isNoted) await noteRuleStanding(ctx, { key, ruleNumber, ruleStopped, ruleUntrusted })
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])
