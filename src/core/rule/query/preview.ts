import { kind } from '#db/kind'
import { groupTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { refusePreviewed } from '#query/group'

/** Refuses a previewed rule by the groups that it names: `invalid_input`, `rule_not_trusted`. */
export const checkPreviewed = useCase(
  'check_previewed',
  {
    tenant: groupTable.tenant,
    rule: kind.jsonb<Readonly<Record<string, unknown>>>(),
    named: kind.texts,
    allowShopperValues: kind.flag,
  },
  (p) => [refusePreviewed(p), noAnswer],
)
