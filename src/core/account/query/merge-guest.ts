import { and, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { call } from '#db/generated/call'
import { kind } from '#db/kind'
import { customerTable, mergeTable } from '#db/schema'
import { newJob, type ValuesOf } from '#db/use-case'
import { isCustomer } from '#lock/customer'

/** What a use case needs that proves an address: its guest is due to become part of the account then. */
export const merging = {
  tenant: mergeTable.tenant,
  now: mergeTable.createdAt,
  merge: mergeTable.id,
  mergeJob: newJob('merge'),
  /** Whether the store wants that. */
  mergesGuests: kind.flag,
}
type Merging = ValuesOf<typeof merging>

/** Enqueues the merge of the guest that has the address of an account, if there is one. */
export const enqueueMerge = (p: Merging, customerId: string) =>
  db
    .select({
      job: call.enqueueMerge({
        tenant: p.tenant,
        emailKey: customerTable.emailKey,
        merge: p.merge,
        job: p.mergeJob,
        now: p.now,
      }),
    })
    .from(customerTable)
    .where(and(isCustomer({ tenant: p.tenant, id: customerId }), sql`${p.mergesGuests}`))
