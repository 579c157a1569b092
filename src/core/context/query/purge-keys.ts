import { lt } from 'drizzle-orm'
import { idempotencyTable } from '#db/schema'
import { purgeOf } from './purge.ts'

/** Answers that can no longer be asked for again. */
export const purgeKeys = purgeOf('purge_keys', idempotencyTable, (before) =>
  lt(idempotencyTable.createdAt, before),
)
