import { and, eq, exists, isNotNull, sql } from 'drizzle-orm'
import { db, insertFrom, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { groupTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { lockRules } from '#lock/group'
import { groupAnswer } from './find.ts'
import { beginRuleTask, newRuleNumber, refuseRule, ruleParams } from './rule.ts'

/**
 * Creates a group without members; a rule is carried out by a job. Refuses `group_being_deleted`, and what `refuseRule` refuses; the unique
 * index refuses a second group with the same key.
 */
export const createGroup = useCase(
  'create_group',
  {
    ...ruleParams,
    ...pick(groupTable, 'name', 'description', 'metadata', 'allowShopperValues'),
    rule: kind.orNull(kind.jsonb<Readonly<Record<string, unknown>>>()),
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
        ...pick(p, 'tenant', 'name', 'description', 'metadata', 'allowShopperValues'),
        ...pick(p, 'rule', 'ruleReads', 'ruleUntrusted'),
        mayHoldShoppers: p.allowShopperValues,
        key: p.group,
        ruleNumber: kind.int(sql`case when ${p.rule} is null then 0 else ${newRuleNumber} end`),
        createdAt: p.now,
        updatedAt: p.now,
      },
      sql``,
    ),
    refuseRule(p),
    ...beginRuleTask(p),
    groupAnswer(p),
  ],
)
