import { sql } from 'drizzle-orm'
import type { ColumnsOf } from '#db/builder'
import { jsonOf } from '#db/document'
import { kind } from '#db/kind'
import type { customerTable, groupTable, membershipTable } from '#db/schema'
import { factsSelection } from '#selection/customer'
import type { Held } from '../why.ts'

/** The rule of a group and what it reads of a member; null for a member whom no rule holds. */
export const heldBy = (
  { byRule }: Pick<ColumnsOf<typeof membershipTable>, 'byRule'>,
  { rule, allowShopperValues }: Pick<ColumnsOf<typeof groupTable>, 'rule' | 'allowShopperValues'>,
  customer: ColumnsOf<typeof customerTable>,
) =>
  kind.orNull(kind.json<Held>())(
    sql`case when ${byRule} then ${jsonOf({
      rule: sql`${rule}`,
      allowShopperValues: sql`${allowShopperValues}`,
      facts: jsonOf(factsSelection(customer)),
    })} end`,
  )
