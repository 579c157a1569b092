import { groupTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { noAnswer, useCase } from '#db/use-case'
import { refuseInvalidPreviewedRule } from '#query/group'

/** Refuses a previewed rule by the groups that it names: `invalid_input`, `rule_not_trusted`. */
export const checkPreviewedRule = useCase(
  'check_previewed_rule',
  {
    tenant: groupTable.tenant,
    rule: sqlType.jsonb<Readonly<Record<string, unknown>>>(),
    named: sqlType.texts,
    allowShopperValues: sqlType.flag,
  },
  (p) => [refuseInvalidPreviewedRule(p), noAnswer],
)
