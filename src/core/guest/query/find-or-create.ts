import { and, eq, notExists } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { customerRow, isGuest } from '#query/customer'
import { enqueueMergeByEmail, enqueueMergeParams } from '#query/merge'
import { guestAddressParams, guestParams, insertGuest, insertGuestWithAddress } from './make.ts'

const guest = { ...guestParams, ...enqueueMergeParams, currency: sqlType.text }
type Guest = ValuesOf<typeof guest>

/**
 * Finds the guest of an e-mail address, or creates it. The unique index decides, after it has waited for other transactions with the
 * same address. The guest of the answer cannot be merged before the commit. If it is due to be merged into the account of the address,
 * the merge is enqueued.
 */
export const findOrCreateGuest = useCase('find_or_create_guest', guest, (p) => [
  insertGuest(p),
  ...lockAndMerge(p),
  answer(p),
])

/** `findOrCreateGuest` with a first address of a new guest. */
export const findOrCreateGuestWithAddress = useCase(
  'find_or_create_guest_with_address',
  { ...guest, ...guestAddressParams },
  (p) => [...insertGuestWithAddress(p), ...lockAndMerge(p), answer(p)],
)

const lockAndMerge = (p: Guest) => [
  guestOf(p).for('no key update'),
  // If the guest was merged meanwhile, a further try creates another.
  refuseWhen({ try_again: notExists(guestOf(p)) }),
  enqueueMergeByEmail(p, p.emailKey),
]

const isGuestOf = (p: Guest) =>
  and(
    eq(customerTable.tenant, p.tenant),
    eq(customerTable.emailKey, p.emailKey),
    isGuest(customerTable),
  )

const guestOf = (p: Guest) =>
  db.select({ id: customerTable.id }).from(customerTable).where(isGuestOf(p)).$dynamic()

const answer = (p: Guest) =>
  db
    .select({
      created: sqlType.flag(eq(customerTable.id, p.id)),
      ...customerRow(customerTable, p.currency),
    })
    .from(customerTable)
    .where(isGuestOf(p))
