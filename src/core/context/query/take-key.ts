import { and, eq, sql } from 'drizzle-orm'
import { idempotencyTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { directUseCase, useCase } from '#db/use-case'
import { call } from '../generated/call.ts'

/**
 * Takes an idempotency key, at the head of a commit and until its end. Refuses `idempotency_key_in_use`,
 * `idempotency_key_reused`, and `idempotency_replay` when there is an answer.
 */
export const takeKey = directUseCase(
  'take_key_of_request',
  {
    ...pick(idempotencyTable, 'tenant', 'scope', 'key', 'fingerprint'),
    /** An older answer does not count any more. */
    since: sqlType.moment,
  },
  (p) =>
    db.select({ isOurs: sqlType.flag(sql`${call.takeKey(p)} is null`) }).from(sql`(select) asked`),
)

/** The answer that is stored under a key. */
export const findAnswer = useCase(
  'find_answer',
  pick(idempotencyTable, 'tenant', 'scope', 'key'),
  (p) => [
    db
      .select(pick(idempotencyTable, 'answer'))
      .from(idempotencyTable)
      .where(
        and(
          eq(idempotencyTable.tenant, p.tenant),
          eq(idempotencyTable.scope, p.scope),
          eq(idempotencyTable.key, p.key),
        ),
      ),
  ],
)
