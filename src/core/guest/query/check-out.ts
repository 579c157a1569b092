import { type SQL, sql } from 'drizzle-orm'
import { jobTable } from '#db/schema'
import { sqlType, WrittenJobs } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import { call } from '../generated/call.ts'
import { guestAddressParams, guestParams } from './make.ts'

const { unproven: _, ...making } = guestParams
const guest = { ...making, job: jobTable.id }
type Guest = ValuesOf<typeof guest>

/**
 * Makes the guest of a storefront's checkout, or does the same work for an address that has one. A second checkout with the same address waits for the first, whether the address has a guest or not.
 */
export const checkOutGuest = useCase('check_out_guest', guest, (p) => [
  lockEmail(p.tenant, p.emailKey),
  done(p, call.makeOrRehearseGuest(p)),
])

/** `checkOutGuest` with a first address of a new guest. */
export const checkOutGuestWithAddress = useCase(
  'check_out_guest_with_address',
  { ...guest, ...guestAddressParams },
  (p) => [lockEmail(p.tenant, p.emailKey), done(p, call.makeOrRehearseGuest(p))],
)

/** The message is always sent, even if no job was written. Such a message wakes a worker for nothing. */
const done = (p: Guest, work: SQL) =>
  db
    .select({
      isDone: sqlType.flag(sql`${work} is null`),
      jobs: new WrittenJobs(sql`array[${p.job}]`, 'announce'),
    })
    .from(sql`(select) asked`)
