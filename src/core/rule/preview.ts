import * as z from 'zod'
import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import {
  factsOfFirstMatches,
  groupsRead,
  matchingCustomerCount,
  parseRule,
  ruleReasonsOf,
  setPlannerForCount,
  setStatementTimeout,
  Why,
} from '#core/customer'
import * as query from './generated/query.ts'

const SHOWN = 10
/** In milliseconds. */
const DEADLINE = '5000'

export const PreviewGroup = z
  .strictObject({
    rule: z.record(z.string(), z.unknown(), { error: 'Must be an object.' }),
    allowShopperValues: z.boolean({ error: 'Must be true or false.' }).default(false),
  })
  .meta({ id: 'PreviewGroup', examples: [{ rule: { minOrders: 5, lastOrderAfter: '-90d' } }] })
export type PreviewGroup = z.output<typeof PreviewGroup>

export const GroupPreview = z
  .strictObject({
    count: z.int().meta({ description: 'The customers who match, of at most 10,000' }),
    countIsExact: z.boolean().meta({ description: 'false: there are more than `count`' }),
    customers: z
      .array(z.strictObject({ id: z.string(), email: z.string(), why: Why }))
      .meta({ description: 'The first ten, the oldest first' }),
  })
  .meta({ id: 'GroupPreview' })
export type GroupPreview = z.output<typeof GroupPreview>

/**
 * The customers whom a rule would hold now, without a group. Refuses `invalid_input`, `rule_not_trusted`, `narrow_the_query`.
 */
export async function previewGroup(
  ctx: Context,
  { rule, allowShopperValues }: PreviewGroup,
): Promise<GroupPreview> {
  mustHaveScope(ctx, 'customer:read')
  const { tenant, now } = ctx
  const filter = parseRule(ctx.settings, rule, allowShopperValues)
  const asked = { tenant, filter, now }
  const { total, customers } = await readWithinPageLimits(ctx, {
    checked: query.checkPreviewedRule({
      tenant,
      rule: filter,
      named: groupsRead(filter),
      allowShopperValues,
    }),
    deadline: setStatementTimeout({ milliseconds: DEADLINE }),
    customers: factsOfFirstMatches(asked, SHOWN),
    prepared: setPlannerForCount({}),
    total: matchingCustomerCount(asked),
  })
  return {
    count: total.total,
    countIsExact: total.totalIsExact,
    customers: customers.map(({ id, email, facts }) => ({
      id,
      email,
      why: ruleReasonsOf(filter, facts, now),
    })),
  }
}
