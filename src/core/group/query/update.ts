import { and, or, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { changesFromParameters, isFieldNamed, keyCount, mergePatch, patchOf } from '#db/patch'
import { groupTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { groupRefusals, isThisGroup, lockGroup, lockRules, refuseStaleGroup } from '#lock/group'
import { stampedChangedAt } from '#query/outbox'
import { groupFields } from '../field-list.ts'
import { selectGroupWithVersion } from './find.ts'
import {
  beginRuleTask,
  newRuleNumber,
  refuseInvalidRule,
  ruleParams,
} from './rule-statement-parts.ts'

/** The key of a group never changes. */
const { key: _, ...texts } = inputColumns(groupFields, groupTable)

/**
 * Changes the named fields that differ; metadata is merged (RFC 7396). Refuses `group_not_found`, `precondition_failed`,
 * `too_much_metadata`, and what `refuseInvalidRule` refuses. A new rule is carried out by a job.
 */
export const updateGroup = useCase(
  'update_group',
  {
    ...ruleParams,
    ...texts,
    ...pick(groupTable, 'allowShopperValues'),
    rule: sqlType.orNull(sqlType.jsonb<Readonly<Record<string, unknown>>>()),
    ...pick(groupTable, 'ruleReads', 'ruleUntrusted'),
    metadata: sqlType.jsonb<Readonly<Record<string, string | null>>>(),
    /** The fields that the caller names; the others stay as they are. */
    named: sqlType.texts,
    accepted: sqlType.orNull(sqlType.versions),
    metadataKeys: sqlType.int,
  },
  (p) => {
    const patch = patchOf(p.named, {
      ...changesFromParameters(texts, p),
      metadata: {
        column: groupTable.metadata,
        to: mergePatch(groupTable.metadata, p.metadata),
      },
      rule: {
        column: groupTable.rule,
        to: sqlType.jsonb<Record<string, unknown>>()(sql`${p.rule}`),
      },
      allowShopperValues: { column: groupTable.allowShopperValues, to: p.allowShopperValues },
    })
    const namesRule = isFieldNamed(p.named, 'rule')
    const differs = patch.stamps.flatMap(({ field, differs }) =>
      field === 'rule' || field === 'allowShopperValues' ? differs : [],
    )
    return [
      lockRules(p),
      lockGroup(p),
      refuseWhen(groupRefusals(p)),
      refuseStaleGroup(p, p.accepted),
      db
        .update(groupTable)
        .set({
          ...patch.set,
          ruleNumber: sql`case when ${or(...differs)} then ${newRuleNumber} else ${groupTable.ruleNumber} end`,
          ruleStopped: sql`${groupTable.ruleStopped} and not ${namesRule}`,
          mayHoldShoppers: sql`${groupTable.mayHoldShoppers} or ${isFieldNamed(p.named, 'allowShopperValues')} and ${p.allowShopperValues}`,
          ruleReads: sql`case when ${namesRule} then ${p.ruleReads} else ${groupTable.ruleReads} end`,
          ruleUntrusted: sql`case when ${namesRule} then ${p.ruleUntrusted} else ${groupTable.ruleUntrusted} end`,
          version: sql`${groupTable.version} + 1`,
          changedAt: stampedChangedAt(patch.stamps, groupTable),
          updatedAt: p.now,
        })
        .where(and(isThisGroup(p), patch.differs)),
      refuseWhen(
        { too_much_metadata: sql`${keyCount(groupTable.metadata)} > ${p.metadataKeys}` },
        sql`from ${groupTable} where ${isThisGroup(p)}`,
      ),
      refuseInvalidRule(p),
      ...beginRuleTask(p),
      selectGroupWithVersion(p),
    ]
  },
)
