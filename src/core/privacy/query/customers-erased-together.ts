import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { customerTable } from '#db/schema'
import { db } from '#db/statement-builders'

type Which = { readonly tenant: string; readonly id: string }

/** The ids of a customer, of the guests of its address if that is verified and claimed, and of all that were merged into one of them. */
export function customersErasedTogether(which: Which) {
  const { tenant, id } = which
  const guests = guestsOfProvenAddress(which)
  return db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(
      and(
        eq(customerTable.tenant, tenant),
        or(
          eq(customerTable.id, id),
          eq(customerTable.mergedInto, id),
          sql`${customerTable.id} = any(array(${guests}))`,
          sql`${customerTable.mergedInto} = any(array(${guests}))`,
        ),
      ),
    )
}

/** The guests of the address of a customer, if that is verified and claimed. */
export function guestsOfProvenAddress({ tenant, id }: Which) {
  const [owner, guest] = [alias(customerTable, 'owner'), alias(customerTable, 'guest')]
  return db
    .select({ id: guest.id })
    .from(owner)
    .innerJoin(
      guest,
      and(
        eq(guest.tenant, owner.tenant),
        eq(guest.emailKey, owner.emailKey),
        eq(guest.status, 'guest'),
      ),
    )
    .where(
      and(
        eq(owner.tenant, tenant),
        eq(owner.id, id),
        inArray(owner.status, ['active', 'disabled']),
        isNotNull(owner.emailVerifiedAt),
        isNotNull(owner.claimedAt),
      ),
    )
}
