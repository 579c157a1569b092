import { and, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { addressTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, differs } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer } from '#lock/customer'
import { isGuest } from '#query/customer'

type Book = { readonly tenant: string; readonly customerId: string }
/** The id of the address that is to become each default; null: no wish. */
type Wish = { readonly shipping: string | null; readonly billing: string | null }

/**
 * Assigns the defaults of one customer after a change of its addresses; the caller has locked the customer. A default is the address
 * that is wished for, else the present default, else the address most recently added or changed. An unproven address can be a
 * default of guests only. `addresses` is stamped when a default changes.
 * An address that gains or loses a default gets a new version, because its document shows it.
 */
export function assignDefaults(
  book: Book,
  wish: Wish = { shipping: null, billing: null },
  when?: SQL,
) {
  const { tenant, customerId } = book
  const chosen = chosenOf(book, wish, when)
  const gains = (id: SQL, was: SQL) =>
    sql`(${addressTable.id} is not distinct from ${id}) <> (${addressTable.id} is not distinct from ${was})`
  const shipping = gains(sql`${chosen.shipping}`, sql`${chosen.wasShipping}`)
  const billing = gains(sql`${chosen.billing}`, sql`${chosen.wasBilling}`)
  const moved = db.$with('moved').as(
    db
      .update(addressTable)
      .set({
        version: nextVersion,
        changedAt: sql`${addressTable.changedAt} || jsonb_build_object('defaultFor', ${nextVersion})
          || case when ${shipping} then jsonb_build_object('isDefault', ${nextVersion}) else '{}' end`,
      })
      .from(chosen)
      .where(
        and(
          eq(addressTable.tenant, tenant),
          eq(addressTable.customerId, customerId),
          sql`(${shipping} or ${billing})`,
        ),
      )
      .returning({ id: addressTable.id }),
  )
  return db
    .with(chosen, moved)
    .update(customerTable)
    .set({
      defaultShippingId: sql`${chosen.shipping}`,
      defaultBillingId: sql`${chosen.billing}`,
      changedAt: sql`${customerTable.changedAt} || jsonb_build_object('addresses', ${customerTable.version} + 1)`,
    })
    .from(chosen)
    .where(isThisCustomer({ tenant, id: customerId }))
}

/** The new defaults and the old ones: one row when they differ, else none. */
function chosenOf(book: Book, wish: Wish, when: SQL | undefined) {
  const { defaultShippingId, defaultBillingId } = customerTable
  const shipping = best(book, wish.shipping, defaultShippingId).as('shipping')
  const billing = best(book, wish.billing, defaultBillingId).as('billing')
  return db.$with('chosen').as(
    db
      .select({
        shipping: sql`${shipping.id}`.as('to_shipping'),
        billing: sql`${billing.id}`.as('to_billing'),
        wasShipping: sql`${defaultShippingId}`.as('was_shipping'),
        wasBilling: sql`${defaultBillingId}`.as('was_billing'),
      })
      .from(customerTable)
      .leftJoinLateral(shipping, sql`true`)
      .leftJoinLateral(billing, sql`true`)
      .where(
        and(
          isThisCustomer({ tenant: book.tenant, id: book.customerId }),
          or(differs(defaultShippingId, shipping.id), differs(defaultBillingId, billing.id)),
          when,
        ),
      ),
  )
}

/** The address that becomes a default. */
const best = ({ tenant, customerId }: Book, wished: string | null, now: AnyPgColumn) =>
  db
    .select({ id: addressTable.id })
    .from(addressTable)
    .where(
      and(
        eq(addressTable.tenant, tenant),
        eq(addressTable.customerId, customerId),
        or(eq(addressTable.unproven, false), isGuest(customerTable)),
      ),
    )
    .orderBy(
      sql`${addressTable.id} = ${wished} desc nulls last`,
      sql`${addressTable.id} = ${now} desc nulls last`,
      desc(addressTable.updatedAt),
      desc(addressTable.id),
    )
    .limit(1)

/** A row that this transaction has written (see xmin) has its next version already. */
const nextVersion = sql`${addressTable.version} + (${addressTable}.xmin <> pg_current_xact_id()::xid)::int`

/** `assignDefaults` as a function, for the SQL of merge and undo. */
export const assignDefaultAddresses = useCase(
  'assign_default_addresses',
  {
    tenant: customerTable.tenant,
    customerId: customerTable.id,
    shipping: sqlType.orNull(sqlType.text),
    billing: sqlType.orNull(sqlType.text),
  },
  (p) => [assignDefaults(p, p), noAnswer],
)
