import { type Context, read } from '#core/context'
import { parseStoredRule } from '#core/customer'
import type { RowOf } from '#db/use-case'
import * as query from './generated/query.ts'
import type { GroupRule } from './group-rule.ts'
import type { findRules } from './query/find-rules-and-customers.ts'

type Row = RowOf<typeof findRules>

/** Reads the rules that are judged. */
export async function findValidRules(ctx: Context): Promise<GroupRule[]> {
  const { rules } = await read(ctx, { rules: query.findRules({ tenant: ctx.tenant }) })
  return validRules(ctx, rules)
}

/** The rules that are judged. One that a setting has made invalid stops: its members stay as they are. */
export const validRules = ({ settings }: Context, rows: readonly Row[]): GroupRule[] =>
  rows.flatMap(({ key, rule, ruleNumber, allowShopperValues }) => {
    const filter = parseStoredRule(settings, rule, allowShopperValues)
    return filter === null ? [] : { key, number: ruleNumber, filter }
  })
