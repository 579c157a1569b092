import { sql } from 'drizzle-orm'
import { jsonOf } from '#db/document'
import type { customerTable, groupTable, membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import type { ColumnsOf } from '#db/statement-builders'
import { ruleFactsSelection } from '#selection/customer'
import type { HoldingRule } from '../membership-reason.ts'

/** The rule of a group and what it reads of a member; null for a member whom no rule holds. */
export const holdingRule = (
  { byRule }: Pick<ColumnsOf<typeof membershipTable>, 'byRule'>,
  { rule, allowShopperValues }: Pick<ColumnsOf<typeof groupTable>, 'rule' | 'allowShopperValues'>,
  customer: ColumnsOf<typeof customerTable>,
) =>
  sqlType.orNull(sqlType.json<HoldingRule>())(
    sql`case when ${byRule} then ${jsonOf({
      rule: sql`${rule}`,
      allowShopperValues: sql`${allowShopperValues}`,
      facts: jsonOf(ruleFactsSelection(customer)),
    })} end`,
  )
