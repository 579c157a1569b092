import { and, eq, exists, isNotNull, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { groupTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { lockRules } from '#lock/group'
import { groupFields } from '../field-list.ts'
import { selectGroupWithVersion } from './find.ts'
import {
  beginRuleTask,
  newRuleNumber,
  refuseInvalidRule,
  ruleParams,
} from './rule-statement-parts.ts'

/** The key is the parameter `group`. */
const { key: _, ...texts } = inputColumns(groupFields, groupTable)

/**
 * Creates a group without members; a rule is carried out by a job. Refuses `group_being_deleted`, and what `refuseInvalidRule` refuses; the unique
 * index refuses a second group with the same key.
 */
export const createGroup = useCase(
  'create_group',
  {
    ...ruleParams,
    ...texts,
    ...pick(groupTable, 'metadata', 'allowShopperValues'),
    rule: sqlType.orNull(sqlType.jsonb<Readonly<Record<string, unknown>>>()),
    ...pick(groupTable, 'ruleReads', 'ruleUntrusted'),
  },
  (p) => [
    lockRules(p),
    refuseWhen({
      group_being_deleted: exists(
        db
          .select({ key: groupTable.key })
          .from(groupTable)
          .where(
            and(
              eq(groupTable.tenant, p.tenant),
              eq(groupTable.key, p.group),
              isNotNull(groupTable.dissolvedAt),
            ),
          ),
      ),
    }),
    insertFrom(
      groupTable,
      {
        ...p,
        mayHoldShoppers: p.allowShopperValues,
        key: p.group,
        ruleNumber: sqlType.int(sql`case when ${p.rule} is null then 0 else ${newRuleNumber} end`),
        createdAt: p.now,
        updatedAt: p.now,
      },
      sql``,
    ),
    refuseInvalidRule(p),
    ...beginRuleTask(p),
    selectGroupWithVersion(p),
  ],
)
