import type { Context } from '#core/context'
import { findRule } from '#core/customer'
import type { RowOf } from '#db/use-case'
import type { findRules } from './query/find.ts'
import type { Rule } from './rule.ts'

type Row = RowOf<typeof findRules>

/** The rules that are judged. One that a setting has made invalid stops: its members stay as they are. */
export const liveRules = ({ settings }: Context, rows: readonly Row[]): Rule[] =>
  rows.flatMap(({ key, rule, ruleNumber, allowShopperValues }) => {
    const filter = findRule(settings, rule, allowShopperValues)
    return filter === null ? [] : { key, number: ruleNumber, filter }
  })
