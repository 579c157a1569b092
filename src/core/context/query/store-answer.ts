import { sql } from 'drizzle-orm'
import { idempotencyTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import type { Kept } from '#db/use-case-call'

/** Stores the answer of a use case under an idempotency key, in the same commit. Answers with what is stored. */
export const storeAnswer = useCase(
  'store_answer',
  {
    storeTenant: idempotencyTable.tenant,
    storeScope: idempotencyTable.scope,
    storeKey: idempotencyTable.key,
    storeFingerprint: idempotencyTable.fingerprint,
    storeFields: sqlType.json<Kept['fields']>(),
    made: sqlType.json<unknown>(),
    storeSubject: idempotencyTable.subjectId,
    storeAt: idempotencyTable.createdAt,
  },
  (p) => [
    db
      .insert(idempotencyTable)
      .values({
        tenant: p.storeTenant,
        scope: p.storeScope,
        key: p.storeKey,
        fingerprint: p.storeFingerprint,
        answer: sql`json_build_object('fields', ${p.storeFields}, 'made', ${p.made})`,
        subjectId: p.storeSubject,
        createdAt: p.storeAt,
      })
      .onConflictDoUpdate({
        target: [idempotencyTable.tenant, idempotencyTable.scope, idempotencyTable.key],
        set: {
          fingerprint: sql`excluded.fingerprint`,
          answer: sql`excluded.answer`,
          subjectId: sql`excluded.subject_id`,
          createdAt: sql`excluded.created_at`,
        },
      })
      .returning({ answer: idempotencyTable.answer }),
  ],
)
