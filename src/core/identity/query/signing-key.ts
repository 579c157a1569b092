import { and, desc, gt, lte, notExists, sql } from 'drizzle-orm'
import { signingKeyTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, evaluateForEffect, insertFrom, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

/** The keys that verify now, the newest first. */
export const findSigningKeys = useCase('find_signing_keys', { now: sqlType.moment }, (p) => [
  db
    .select(pick(signingKeyTable, 'id', 'publicJwk', 'privateKey', 'signsFrom'))
    .from(signingKeyTable)
    .where(gt(signingKeyTable.expiresAt, p.now))
    .orderBy(desc(signingKeyTable.signsFrom)),
])

/**
 * Adds a key, unless a key that verifies now signs after the given moment. Of two commits that add a key at once, the second waits
 * for the first.
 */
export const createSigningKey = useCase(
  'create_signing_key',
  {
    ...pick(
      signingKeyTable,
      'id',
      'publicJwk',
      'privateKey',
      'signsFrom',
      'createdAt',
      'expiresAt',
    ),
    enoughAfter: sqlType.moment,
  },
  ({ enoughAfter, ...p }) => [
    evaluateForEffect(sql`pg_advisory_xact_lock(hashtext('signing_key'))`),
    insertFrom(
      signingKeyTable,
      p,
      sql`where ${notExists(
        db
          .select({ id: signingKeyTable.id })
          .from(signingKeyTable)
          .where(
            and(
              gt(signingKeyTable.expiresAt, p.createdAt),
              gt(signingKeyTable.signsFrom, enoughAfter),
            ),
          ),
      )}`,
    ),
    noAnswer,
  ],
)

/** Deletes the keys that verify nothing any more. */
export const purgeSigningKeys = useCase('purge_signing_keys', { now: sqlType.moment }, (p) => [
  db.delete(signingKeyTable).where(lte(signingKeyTable.expiresAt, p.now)),
  noAnswer,
])
