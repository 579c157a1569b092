import { and, lt, sql } from 'drizzle-orm'
import { attemptTable, emailChangeTable, failureTable } from '#db/schema'
import { purgeUseCase } from '#query/context'

/** Unproven registrations. */
export const purgeAttempts = purgeUseCase('purge_attempts', attemptTable, (before) =>
  lt(attemptTable.expiresAt, before),
)

/** Failed logins. */
export const purgeFailures = purgeUseCase('purge_failures', failureTable, (before) =>
  lt(failureTable.lastAt, before),
)

/** Moves of an address that can be neither confirmed, for a day, nor undone any more. */
export const purgeEmailChanges = purgeUseCase('purge_email_changes', emailChangeTable, (before) =>
  and(
    sql`${emailChangeTable.createdAt} < ${before} - interval '1 day'`,
    sql`coalesce(${emailChangeTable.undoUntil}, ${emailChangeTable.createdAt}) < ${before}`,
  ),
)
