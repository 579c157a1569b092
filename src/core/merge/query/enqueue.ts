import { and, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { jsonbOf } from '#db/document'
import { customerTable, mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom } from '#db/statement-builders'
import { newJobParameter, type ValuesOf } from '#db/use-case'
import { enqueueJob } from '#query/outbox'
import { call } from '../generated/call.ts'

/** The parameters of a use case that may make a guest due to be merged; `merging(ctx)` has the values. */
export const enqueueMergeParams = {
  mergeId: mergeTable.id,
  mergeJob: newJobParameter('merge'),
  /** Whether the store wants guests to be merged by themselves. */
  mergesGuests: sqlType.flag,
}
type Merging = ValuesOf<typeof enqueueMergeParams> & {
  readonly tenant: string
  readonly now: string
}

const [account, guest] = [alias(customerTable, 'account'), alias(customerTable, 'guest')] as const

/**
 * In the commit that creates a guest: if the guest of this address is due to be merged into the account of the address, inserts the
 * merge and the job that will do it. Otherwise, or if the merge exists already, nothing happens.
 */
export const enqueueMergeByEmail = (p: Merging, emailKey: string) =>
  enqueue(p, eq(account.emailKey, emailKey))

/** `enqueueMergeByEmail` for the commit that proves an account, for the address that the account has by then. */
export const enqueueMergeIntoAccount = (p: Merging, accountId: string) =>
  enqueue(p, eq(account.id, accountId))

function enqueue(p: Merging, isAccount: SQL) {
  const due = db.$with('due').as(
    insertFrom(
      mergeTable,
      {
        tenant: p.tenant,
        id: p.mergeId,
        state: 'pending',
        survivorId: account.id,
        mergedId: guest.id,
        automatic: true,
        createdAt: p.now,
        triedAt: p.now,
      },
      sql`from ${customerTable} ${account} join ${customerTable} ${guest} on ${and(
        eq(guest.tenant, p.tenant),
        eq(guest.emailKey, account.emailKey),
        eq(guest.status, 'guest'),
      )} where ${and(
        eq(account.tenant, p.tenant),
        isAccount,
        eq(account.status, 'active'),
        call.isMergeable({ account, guest }),
        sql`${p.mergesGuests}`,
      )}`,
    )
      .onConflictDoNothing()
      .returning({ id: mergeTable.id }),
  )
  return enqueueJob(p, {
    id: p.mergeJob,
    kind: 'merge',
    payload: jsonbOf({ merge: due.id }),
    from: sql`from ${due}`,
    ctes: [due],
  })
}
