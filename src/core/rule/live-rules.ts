import { type Context, read } from '#core/context'
import { findRule } from '#core/customer'
import type { RowOf } from '#db/use-case'
import * as query from './generated/query.ts'
import type { findRules } from './query/find.ts'
import type { Rule } from './rule.ts'

type Row = RowOf<typeof findRules>

/** Reads the rules that are judged. */
export async function findLiveRules(ctx: Context): Promise<Rule[]> {
  const { rules } = await read(ctx, { rules: query.findRules({ tenant: ctx.tenant }) })
  return liveRules(ctx, rules)
}

/** The rules that are judged. One that a setting has made invalid stops: its members stay as they are. */
export const liveRules = ({ settings }: Context, rows: readonly Row[]): Rule[] =>
  rows.flatMap(({ key, rule, ruleNumber, allowShopperValues }) => {
    const filter = findRule(settings, rule, allowShopperValues)
    return filter === null ? [] : { key, number: ruleNumber, filter }
  })
