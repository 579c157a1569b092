import { type Context, mayUse, read } from '#core/context'
import { findRule, untrustedFields } from '#core/customer'
import { noteStanding } from '#core/group'
import * as query from './generated/query.ts'

/**
 * For cron: notes which rules the present settings have stopped or let go on, and what shoppers can change by now. A rule that stops loses
 * its moments and keeps its members; one that goes on is carried out for all customers. Never more to do.
 */
export async function heedSettings(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'group:write')
  const { settings, tenant } = ctx
  const { rules } = await read(ctx, { rules: query.findRules({ tenant }) })
  for (const { key, rule, ruleNumber, allowShopperValues, ...stored } of rules) {
    const ruleStopped = findRule(settings, rule, allowShopperValues) === null
    const ruleUntrusted = untrustedFields(settings, rule)
    const isNoted =
      ruleStopped === stored.ruleStopped && isSame(ruleUntrusted, stored.ruleUntrusted)
    if (!isNoted) await noteStanding(ctx, { key, ruleNumber, ruleStopped, ruleUntrusted })
  }
  return false
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])
