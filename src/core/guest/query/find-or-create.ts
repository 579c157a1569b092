import { and, eq, exists, notExists, sql } from 'drizzle-orm'
import { db, insertFrom, pick, refuseWhen } from '#db/builder'
import { inputColumns } from '#db/input'
import { kind } from '#db/kind'
import { prefixed, unprefixed } from '#db/prefix'
import { addressTable, customerTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { addressFields } from '#field/address'
import { customerRow, isGuest, ofGuests } from '#query/customer'
import { enqueueMerge, merging } from '#query/merge'
import { appendEvent, appending } from '#query/outbox'

const guest = {
  ...appending,
  ...merging,
  ...pick(customerTable, 'id', 'email', 'emailKey', 'firstName', 'lastName', 'phone', 'locale'),
  ...pick(customerTable, 'firstNameKey', 'lastNameKey', 'unproven', 'silent'),
  currency: kind.text,
}
type Guest = ValuesOf<typeof guest>

const addressColumns = {
  ...inputColumns(addressFields, addressTable),
  ...pick(addressTable, 'id', 'sameness'),
}

/**
 * Finds the guest of an e-mail address, or creates it. The unique index decides, after it has waited for other transactions with the
 * same address. The guest of the answer cannot be merged before the commit. If it is due to be merged into the account of the address,
 * the merge is enqueued.
 */
export const findOrCreateGuest = useCase('find_or_create_guest', guest, (p) => [
  insertGuest(p, {}),
  ...lockAndMerge(p),
  answer(p),
])

/** `findOrCreateGuest` with a first address, which becomes the default of a new guest for both purposes. */
export const findOrCreateGuestWithAddress = useCase(
  'find_or_create_guest_with_address',
  { ...guest, ...prefixed('address', addressColumns) },
  (p) => {
    const address = unprefixed('address', addressColumns, p)
    return [
      insertGuest(p, {
        defaultShippingId: address.id,
        defaultBillingId: address.id,
        country: address.country,
      }),
      insertFrom(
        addressTable,
        {
          ...address,
          tenant: p.tenant,
          customerId: p.id,
          unproven: p.unproven,
          createdAt: p.now,
          updatedAt: p.now,
        },
        sql`where ${exists(made(p))}`,
      ),
      ...lockAndMerge(p),
      answer(p),
    ]
  },
)

type Defaults = Pick<
  typeof customerTable.$inferInsert,
  'defaultShippingId' | 'defaultBillingId' | 'country'
>

const insertGuest = (p: Guest, defaults: Defaults) =>
  appendEvent(
    p,
    db
      .insert(customerTable)
      .values({
        ...p,
        ...defaults,
        status: 'guest',
        sequence: 1,
        createdAt: p.now,
        updatedAt: p.now,
      })
      .onConflictDoNothing({
        target: [customerTable.tenant, customerTable.emailKey],
        where: ofGuests,
      })
      .returning(),
    () => ({ type: 'customer.created' }),
  )

const lockAndMerge = (p: Guest) => [
  guestOf(p).for('no key update'),
  // If the guest was merged meanwhile, a further try creates another.
  refuseWhen({ try_again: notExists(guestOf(p)) }),
  enqueueMerge(p, p.emailKey),
]

const isGuestOf = (p: Guest) =>
  and(
    eq(customerTable.tenant, p.tenant),
    eq(customerTable.emailKey, p.emailKey),
    isGuest(customerTable),
  )

const guestOf = (p: Guest) =>
  db.select({ id: customerTable.id }).from(customerTable).where(isGuestOf(p)).$dynamic()

/** The guest, if this call has created it. */
const made = (p: Guest) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, p.id)))

const answer = (p: Guest) =>
  db
    .select({
      created: kind.flag(eq(customerTable.id, p.id)),
      ...customerRow(customerTable, p.currency),
    })
    .from(customerTable)
    .where(isGuestOf(p))
