import { and, lt, sql } from 'drizzle-orm'
import { attemptTable, emailChangeTable, failureTable } from '#db/schema'
import { purgeOf } from '#query/context'

/** Registrations that nobody proved. */
export const purgeAttempts = purgeOf('purge_attempts', attemptTable, (before) =>
  lt(attemptTable.expiresAt, before),
)

/** Failed logins. */
export const purgeFailures = purgeOf('purge_failures', failureTable, (before) =>
  lt(failureTable.lastAt, before),
)

/** Moves of an address that can be neither confirmed, for a day, nor undone any more. */
export const purgeEmailChanges = purgeOf('purge_email_changes', emailChangeTable, (before) =>
  and(
    sql`${emailChangeTable.createdAt} < ${before} - interval '1 day'`,
    sql`coalesce(${emailChangeTable.undoUntil}, ${emailChangeTable.createdAt}) < ${before}`,
  ),
)
