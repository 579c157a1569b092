import { and, eq, exists, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { fieldsWithPrefix, valuesWithoutPrefix } from '#db/prefixed-fields'
import { addressTable, customerTable, jobTable } from '#db/schema'
import { db, insertFrom, pick } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { addressFields } from '#field/address'
import { guestIndexCondition } from '#query/customer'
import { appendEvent, appendEventParams } from '#query/outbox'
import { guestFields } from '../field-list.ts'

/** The parameters of a use case that may make a guest. */
export const guestParams = {
  ...appendEventParams,
  ...inputColumns(guestFields, customerTable),
  ...pick(customerTable, 'id', 'emailKey', 'firstNameKey', 'lastNameKey', 'unproven', 'silent'),
}
type Guest = ValuesOf<typeof guestParams>

const addressColumns = {
  ...inputColumns(addressFields, addressTable),
  ...pick(addressTable, 'id', 'sameness', 'keys'),
}

/** The parameters of a guest's first address. */
export const guestAddressParams = fieldsWithPrefix('address', addressColumns)
type Address = ValuesOf<typeof guestAddressParams>

type Defaults = Pick<typeof customerTable.$inferInsert, 'defaultShippingId' | 'defaultBillingId'>

/** Makes a guest, unless its e-mail address has one. */
export const insertGuest = (p: Guest, defaults: Defaults = {}) =>
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
        where: guestIndexCondition,
      })
      .returning(),
    () => ({ type: 'customer.created' }),
  )

/** `insertGuest` with a first address, which becomes the default for both purposes. */
export function insertGuestWithAddress(p: Guest & Address) {
  const address = valuesWithoutPrefix('address', addressColumns, p)
  return [
    insertGuest(p, {
      defaultShippingId: address.id,
      defaultBillingId: address.id,
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
  ]
}

/** The guest, if this call has made it. */
const made = (p: Guest) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, p.id)))

/** `make_or_rehearse_guest` calls this use case, and reports the job itself. */
const rehearsed = { ...guestParams, job: jobTable.id }

export const makeGuest = useCase('make_guest', rehearsed, (p) => [insertGuest(p), noAnswer])

export const makeGuestWithAddress = useCase(
  'make_guest_with_address',
  { ...rehearsed, ...guestAddressParams },
  (p) => [...insertGuestWithAddress(p), noAnswer],
)
