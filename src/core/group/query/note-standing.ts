import { and, eq, sql } from 'drizzle-orm'
import { groupTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isGroupVisible, lockGroup, lockRules } from '#lock/group'
import { beginRuleTask, newRuleNumber, ruleParams } from './rule-statement-parts.ts'

/**
 * Notes what the present settings make of a rule: whether it is valid, and which of its fields shoppers can change. A rule that stops or
 * goes on gets a task, as a new one does. Nothing happens if the rule has changed since it was read.
 */
export const noteRuleStanding = useCase(
  'note_rule_standing',
  { ...ruleParams, ...pick(groupTable, 'ruleNumber', 'ruleStopped', 'ruleUntrusted') },
  (p) => [
    lockRules(p),
    lockGroup(p),
    db
      .update(groupTable)
      .set({
        ruleNumber: sql`case when ${groupTable.ruleStopped} = ${p.ruleStopped} then ${groupTable.ruleNumber} else ${newRuleNumber} end`,
        ruleStopped: p.ruleStopped,
        ruleUntrusted: p.ruleUntrusted,
      })
      .where(and(isGroupVisible(p), eq(groupTable.ruleNumber, p.ruleNumber))),
    ...beginRuleTask(p),
    noAnswer,
  ],
)
