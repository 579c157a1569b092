import { and, eq, exists, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { patchOf } from '#db/patch'
import { addressTable, customerTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isCustomer, lockCustomer } from '#lock/customer'
import { appendEvent, raiseVersion, stamped } from '#query/outbox'
import {
  addressAnswer,
  addressNews,
  isAddress,
  isWritten,
  ownerOf,
  refuseMissing,
  refuseStaleAddress,
} from './book.ts'
import { type Change, change, changesOf, keysOf, samenessOf } from './change.ts'
import { assignDefaults } from './default.ts'

/**
 * Changes the named fields that differ, and appends an event if there are any. A change vouches for the address. Refuses
 * `customer_not_found`, `customer_merged`, `address_not_found`, `precondition_failed`, `invalid_input` by the rules of the country,
 * `address_exists`.
 */
export const updateAddress = useCase('update_address', change, (p) => {
  const patch = patchOf(p.named, changesOf(p))
  const sameness = samenessOf(p)
  const twin = alias(addressTable, 'twin')
  return [
    lockCustomer(ownerOf(p)),
    refuseMissing(p),
    refuseStaleAddress(p, p.accepted),
    refuseProblems(p),
    refuseWhen({
      address_exists: exists(
        db
          .select({ id: twin.id })
          .from(addressTable)
          .innerJoin(
            twin,
            and(
              eq(twin.tenant, p.tenant),
              eq(twin.customerId, p.customerId),
              ne(twin.id, p.id),
              sql`${twin.sameness} = ${sameness}`,
            ),
          )
          .where(and(isAddress(p), sql`${addressTable.sameness} <> ${sameness}`)),
      ),
    }),
    db
      .update(addressTable)
      .set({
        ...patch.set,
        sameness,
        keys: keysOf(p),
        unproven: false,
        version: sql`${addressTable.version} + 1`,
        changedAt: stamped(patch.stamps, addressTable),
        updatedAt: p.now,
      })
      .where(and(isAddress(p), or(patch.differs, becomesDefault(p)))),
    assignDefaults(p, p),
    appendEvent(
      p,
      raiseVersion({ ...p, id: p.customerId }, ['addresses'], isWritten(p)),
      (customer) => ({
        type: 'customer.updated',
        changed: 'stamped',
        data: addressNews('changed', customer),
        from: sql`join ${addressTable} on ${isAddress(p)}`,
      }),
    ),
    addressAnswer(p),
  ]
})

/** Refuses the possible problems that apply to the row. Only the row knows its country, and whether it has a city. */
function refuseProblems(p: Change) {
  const possible = sql`json_array_elements(${p.possibleProblems}) possible (problem)`
  const problems = db
    .select({
      problems: kind.text(sql`json_agg(possible.problem -> 'problem')::text`).as('problems'),
    })
    .from(addressTable)
    .innerJoin(possible, sql`(possible.problem -> 'countries')::jsonb ? ${addressTable.country}`)
    .where(
      and(
        isAddress(p),
        sql`(possible.problem ->> 'missing' is null or ${addressTable.city} is null)`,
      ),
    )
    .as('found')
  return db
    .select({ refused: sql`refuse('invalid_input', ${problems.problems})` })
    .from(problems)
    .where(isNotNull(problems.problems))
}

/** Whether the address is to become a default that it is not yet. */
const becomesDefault = (p: Change): SQL =>
  exists(
    db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(
        and(
          isCustomer(ownerOf(p)),
          or(
            sql`${customerTable.defaultShippingId} is distinct from ${p.shipping} and ${p.shipping} is not null`,
            sql`${customerTable.defaultBillingId} is distinct from ${p.billing} and ${p.billing} is not null`,
          ),
        ),
      ),
  )
