import type { Context } from '#core/context'
import { groupsRead, parseRule, untrustedFields } from '#core/customer'
import { newId } from '#kernel/id'

type Input = {
  readonly rule?: Readonly<Record<string, unknown>> | null | undefined
  readonly allowShopperValues?: boolean | undefined
}

/**
 * The parameters of a use case that may write a rule. Refuses `invalid_input` for what cannot be a rule. The commit decides whether the group may have the rule: it knows the other groups, and whether this one allows shoppers' values.
 * @param allowed whether the group allows them if the input does not say; null: only the commit knows.
 */
export function ruleValues(
  ctx: Context,
  { rule = null, allowShopperValues }: Input,
  allowed: boolean | null = null,
) {
  const allows = allowShopperValues ?? allowed
  const filter = rule === null ? null : parseRule(ctx.settings, rule, allows)
  return {
    rule: filter,
    allowShopperValues: allowShopperValues ?? false,
    ruleReads: filter === null ? [] : groupsRead(filter),
    ruleUntrusted: filter === null ? [] : untrustedFields(ctx.settings, filter),
    taskJob: newId('job', ctx.now),
    task: newId('task', ctx.now),
  }
}
