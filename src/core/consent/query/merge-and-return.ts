import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type ConsentState, consentTable, customerTable, mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer } from '#lock/customer'
import { isRecordInEffect } from './consent-statement-parts.ts'

/** The states in order of strictness, the strictest last. */
const STRICTNESS = sql.raw(`array['granted', 'pending', 'withdrawn']`)
const strictness = (state: unknown) => sql`array_position(${STRICTNESS}, ${state})`

/**
 * Merges the consents of two customers, before the merge has its row. For each purpose the stricter state wins. A state that only one of them has stays. Each customer keeps its own history. `apply_merge` calls it.
 */
export const mergeConsents = useCase(
  'merge_consents',
  {
    ...pick(customerTable, 'tenant'),
    survivorId: customerTable.id,
    mergedId: customerTable.id,
    merge: mergeTable.id,
    now: consentTable.createdAt,
  },
  (p) => {
    const [survivor, merged] = [alias(customerTable, 'survivor'), alias(customerTable, 'merged')]
    const stricter = sql`from ${customerTable} ${merged}
      cross join ${customerTable} ${survivor}
      cross join lateral jsonb_each_text(${merged.consents}) theirs
      where ${and(
        eq(merged.tenant, p.tenant),
        eq(merged.id, p.mergedId),
        eq(survivor.tenant, p.tenant),
        eq(survivor.id, p.survivorId),
        sql`coalesce(${strictness(sql`${survivor.consents} ->> theirs.key`)}, 0) < ${strictness(sql`theirs.value`)}`,
      )}`
    return [
      insertFrom(
        consentTable,
        {
          tenant: p.tenant,
          customerId: p.survivorId,
          purpose: sqlType.text(sql`theirs.key`),
          state: sqlType.textOf<ConsentState>()(sql`theirs.value`),
          source: sql<string>`'merge'`,
          mergeId: p.merge,
          createdAt: p.now,
        },
        stricter,
      ),
      db
        .update(customerTable)
        .set({
          consents: sql`${customerTable.consents} || coalesce((select jsonb_object_agg(theirs.key, theirs.value) ${stricter}), '{}')`,
        })
        .where(isThisCustomer({ tenant: p.tenant, id: p.survivorId })),
      noAnswer,
    ]
  },
)

/** Restores the survivor's states after the undo of a merge, from the records that are still in effect. `undo_merge` calls it. */
export const returnConsents = useCase(
  'return_consents',
  { ...pick(customerTable, 'tenant'), survivorId: customerTable.id },
  (p) => {
    const newest = db
      .selectDistinctOn([consentTable.purpose], {
        ...pick(consentTable, 'purpose', 'state'),
      })
      .from(consentTable)
      .where(
        and(
          eq(consentTable.tenant, p.tenant),
          eq(consentTable.customerId, p.survivorId),
          isRecordInEffect(consentTable, p.tenant),
        ),
      )
      .orderBy(consentTable.purpose, sql`${consentTable.place} desc`)
      .as('newest')
    return [
      db
        .update(customerTable)
        .set({
          consents: sql`coalesce((${db
            .select({
              states: sql`jsonb_object_agg(${newest.purpose}, ${newest.state})`.as('states'),
            })
            .from(newest)}), '{}')`,
        })
        .where(isThisCustomer({ tenant: p.tenant, id: p.survivorId })),
      noAnswer,
    ]
  },
)
