import { lt } from 'drizzle-orm'
import { idempotencyTable } from '#db/schema'
import { purgeUseCase } from './purge-use-case.ts'

/** Answers that can no longer be replayed. */
export const purgeIdempotencyKeys = purgeUseCase(
  'purge_idempotency_keys',
  idempotencyTable,
  (before) => lt(idempotencyTable.createdAt, before),
)
