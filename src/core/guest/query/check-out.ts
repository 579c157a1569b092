import { type SQL, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind, WrittenJobs } from '#db/kind'
import { jobTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import { call } from '../generated/call.ts'
import { makingAddress, makingGuest } from './make.ts'

const { unproven: _, ...making } = makingGuest
const guest = { ...making, job: jobTable.id }
type Guest = ValuesOf<typeof guest>

/**
 * Makes the guest of a storefront's checkout, or does the same work for an address that has one. A second checkout of the address waits
 * for the first, known or not.
 */
export const checkOutGuest = useCase('check_out_guest', guest, (p) => [
  lockEmail(p.tenant, p.emailKey),
  done(p, call.makeOrRehearseGuest(p)),
])

/** `checkOutGuest` with a first address of a new guest. */
export const checkOutGuestWithAddress = useCase(
  'check_out_guest_with_address',
  { ...guest, ...makingAddress },
  (p) => [lockEmail(p.tenant, p.emailKey), done(p, call.makeOrRehearseGuest(p))],
)

/** The message of the job is sent in any case: one without a job wakes a worker for nothing. */
const done = (p: Guest, work: SQL) =>
  db
    .select({
      isDone: kind.flag(sql`${work} is null`),
      jobs: new WrittenJobs(sql`array[${p.job}]`, 'announce'),
    })
    .from(sql`(select) asked`)
