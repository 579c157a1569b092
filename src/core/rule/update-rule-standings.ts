import type { Context } from '#core/context'
import { parseStoredRule, untrustedFields } from '#core/customer'
import { noteRuleStanding } from '#core/group'
import type { RowOf } from '#db/use-case'
import type { findRules } from './query/find-rules-and-customers.ts'

/**
 * Stores which rules the present settings stop, and which of their fields shoppers can change. A stopped rule loses its moments and keeps its members. A rule that is valid again is carried out for all customers.
 */
export async function updateRuleStandings(
  ctx: Context,
  rules: readonly RowOf<typeof findRules>[],
): Promise<void> {
  const { settings } = ctx
  for (const { key, rule, ruleNumber, allowShopperValues, ...stored } of rules) {
    const ruleStopped = parseStoredRule(settings, rule, allowShopperValues) === null
    const ruleUntrusted = untrustedFields(settings, rule)
    const isNoted =
      ruleStopped === stored.ruleStopped && isSame(ruleUntrusted, stored.ruleUntrusted)
    if (!isNoted) await noteRuleStanding(ctx, { key, ruleNumber, ruleStopped, ruleUntrusted })
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])
