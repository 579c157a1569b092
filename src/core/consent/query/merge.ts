import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, insertFrom, pick } from '#db/builder'
import { kind } from '#db/kind'
import { type ConsentState, consentTable, customerTable, mergeTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isCustomer } from '#lock/customer'
import { counts } from './record.ts'

/** The stricter a state is, the later it comes. */
const STRICTNESS = sql.raw(`array['granted', 'pending', 'withdrawn']`)
const strictness = (state: unknown) => sql`array_position(${STRICTNESS}, ${state})`

/**
 * A merge, before its own row is there: for each purpose the stricter state of both wins. If only one of them was asked, that answer stays. The history of
 * both stays with each. `apply_merge` calls it.
 */
export const carryConsents = useCase(
  'carry_consents',
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
          purpose: kind.text(sql`theirs.key`),
          state: kind.textOf<ConsentState>()(sql`theirs.value`),
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
        .where(isCustomer({ tenant: p.tenant, id: p.survivorId })),
      noAnswer,
    ]
  },
)

/** An undo, after its merge is undone: the states are those of the records that still count. `undo_merge` calls it. */
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
          counts(consentTable, p.tenant),
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
        .where(isCustomer({ tenant: p.tenant, id: p.survivorId })),
      noAnswer,
    ]
  },
)
