import { and, eq, isNotNull, ne, notExists, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { customerTable, emailChangeTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { type CustomersToErase, isInTextArray } from './customers-to-erase.ts'

type Named = Pick<CustomersToErase, 'tenant' | 'ids'>

const other = alias(customerTable, 'other')

/** Whether no other customer has the address. If one has, data under the address may be that customer's. */
const isAlone = ({ tenant, ids }: Named, emailKey: PgColumn) =>
  notExists(
    db
      .select({ id: other.id })
      .from(other)
      .where(
        and(
          eq(other.tenant, tenant),
          eq(other.listed, true),
          eq(other.emailKey, emailKey),
          sql`not ${isInTextArray(other.id, ids)}`,
        ),
      ),
  )

/** An address that was only written may be a stranger's. */
const isProven = and(isNotNull(customerTable.emailVerifiedAt), isNotNull(customerTable.claimedAt))

/** The present e-mail addresses of the customers. Deleted customers are left out, because another customer may have the address by now. */
function presentAddresses(p: Named, shown: SQL, when?: SQL) {
  const c = customerTable
  return db
    .select({ address: sql`unnest(${shown})`.as('present') })
    .from(c)
    .where(
      and(
        eq(c.tenant, p.tenant),
        isInTextArray(c.id, p.ids),
        ne(c.status, 'deleted'),
        isAlone(p, c.emailKey),
        when,
      ),
    )
}

/** Proven addresses that they had before: only the move away from such an address can be undone. */
function formerAddresses(p: Named, shown: SQL) {
  const c = emailChangeTable
  return db
    .select({ address: sql`unnest(${shown})`.as('former') })
    .from(c)
    .where(
      and(
        eq(c.tenant, p.tenant),
        isInTextArray(c.customerId, p.ids),
        isNotNull(c.undoUntil),
        isAlone(p, c.oldEmailKey),
      ),
    )
}

/** The keys of all proven addresses that they have or had, as `text[]`. */
export const provenEmailKeys = (p: Named): SQL =>
  sql`array(${presentAddresses(p, sql`array[${customerTable.emailKey}]`, isProven)})
    || array(${formerAddresses(p, sql`array[${emailChangeTable.oldEmailKey}]`)})`

const written = (p: Named, when?: SQL): SQL =>
  sql`array(${presentAddresses(p, sql`array[${customerTable.email}, ${customerTable.emailKey}]`, when)})
    || array(${formerAddresses(p, sql`array[${emailChangeTable.oldEmail}, ${emailChangeTable.oldEmailKey}]`)})`

/** The proven addresses as they were typed and as keys. The customers may see data under them. */
export const provenEmails = (p: Named): SQL => written(p, isProven)

/** The same, with unproven present addresses that nobody else has. An erasure must leave none of them. */
export const knownEmails = (p: Named): SQL => written(p)
