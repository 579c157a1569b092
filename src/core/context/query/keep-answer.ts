import { sql } from 'drizzle-orm'
import { db } from '#db/builder'
import type { Kept } from '#db/handle'
import { kind } from '#db/kind'
import { idempotencyTable } from '#db/schema'
import { useCase } from '#db/use-case'

/** Stores what a use case answers under an idempotency key, in the commit that it answers, and answers with what is stored. */
export const keepAnswer = useCase(
  'keep_answer',
  {
    keepTenant: idempotencyTable.tenant,
    keepScope: idempotencyTable.scope,
    keepKey: idempotencyTable.key,
    keepFingerprint: idempotencyTable.fingerprint,
    keepFields: kind.json<Kept['fields']>(),
    made: kind.json<unknown>(),
    keepCustomer: idempotencyTable.customerId,
    keepAt: idempotencyTable.createdAt,
  },
  (p) => [
    db
      .insert(idempotencyTable)
      .values({
        tenant: p.keepTenant,
        scope: p.keepScope,
        key: p.keepKey,
        fingerprint: p.keepFingerprint,
        answer: sql`json_build_object('fields', ${p.keepFields}, 'made', ${p.made})`,
        customerId: p.keepCustomer,
        createdAt: p.keepAt,
      })
      .onConflictDoUpdate({
        target: [idempotencyTable.tenant, idempotencyTable.scope, idempotencyTable.key],
        set: {
          fingerprint: sql`excluded.fingerprint`,
          answer: sql`excluded.answer`,
          customerId: sql`excluded.customer_id`,
          createdAt: sql`excluded.created_at`,
        },
      })
      .returning({ answer: idempotencyTable.answer }),
  ],
)
