import { and, eq, exists, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { patchOf } from '#db/patch'
import { addressTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isThisCustomer, lockCustomer } from '#lock/customer'
import { appendEvent, raiseVersion, stampedChangedAt } from '#query/outbox'
import {
  addressAnswer,
  addressEventData,
  isThisAddress,
  isWrittenInTransaction,
  refuseMissingAddress,
  refuseStaleAddress,
  tenantAndIdOfOwner,
} from './address-statement-parts.ts'
import { assignDefaults } from './assign-defaults.ts'
import {
  addressColumnChanges,
  addressFindKeysAfterChange,
  type ChangeParams,
  changeParams,
  samenessAfterChange,
} from './change-statement-parts.ts'

/**
 * Changes the named fields that differ, and appends an event if there are any. A change vouches for the address. Refuses
 * `customer_not_found`, `customer_merged`, `address_not_found`, `precondition_failed`, `invalid_input` by the rules of the country,
 * `address_exists`.
 */
export const updateAddress = useCase('update_address', changeParams, (p) => {
  const patch = patchOf(p.named, addressColumnChanges(p))
  const sameness = samenessAfterChange(p)
  const twin = alias(addressTable, 'twin')
  return [
    lockCustomer(tenantAndIdOfOwner(p)),
    refuseMissingAddress(p),
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
          .where(and(isThisAddress(p), sql`${addressTable.sameness} <> ${sameness}`)),
      ),
    }),
    db
      .update(addressTable)
      .set({
        ...patch.set,
        sameness,
        keys: addressFindKeysAfterChange(p),
        unproven: false,
        version: sql`${addressTable.version} + 1`,
        changedAt: stampedChangedAt(patch.stamps, addressTable),
        updatedAt: p.now,
      })
      .where(and(isThisAddress(p), or(patch.differs, becomesDefault(p)))),
    assignDefaults(p, p),
    appendEvent(
      p,
      raiseVersion({ ...p, id: p.customerId }, ['addresses'], isWrittenInTransaction(p)),
      (customer) => ({
        type: 'customer.updated',
        changed: 'stamped',
        data: addressEventData('changed', customer),
        from: sql`join ${addressTable} on ${isThisAddress(p)}`,
      }),
    ),
    addressAnswer(p),
  ]
})

/** Refuses the possible problems that apply to the row. Only the row knows its country, and whether it has a city. */
function refuseProblems(p: ChangeParams) {
  const possible = sql`json_array_elements(${p.possibleProblems}) possible (problem)`
  const problems = db
    .select({
      problems: sqlType.text(sql`json_agg(possible.problem -> 'problem')::text`).as('problems'),
    })
    .from(addressTable)
    .innerJoin(possible, sql`(possible.problem -> 'countries')::jsonb ? ${addressTable.country}`)
    .where(
      and(
        isThisAddress(p),
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
const becomesDefault = (p: ChangeParams): SQL =>
  exists(
    db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(
        and(
          isThisCustomer(tenantAndIdOfOwner(p)),
          or(
            sql`${customerTable.defaultShippingId} is distinct from ${p.shipping} and ${p.shipping} is not null`,
            sql`${customerTable.defaultBillingId} is distinct from ${p.billing} and ${p.billing} is not null`,
          ),
        ),
      ),
  )
