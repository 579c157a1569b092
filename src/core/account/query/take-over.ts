import { and, eq, exists, or, type SQL, sql } from 'drizzle-orm'
import { fieldsWithPolicy } from '#db/field'
import { addressTable, customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'
import { customerFields } from '#field/customer'
import { isThisCustomer } from '#lock/customer'
import {
  appendEvent,
  appendEventParams,
  isStampedByEarlierStatement,
  raiseVersion,
  stampedChangedAt,
} from '#query/outbox'

export const takeoverParams = {
  ...appendEventParams,
  customerId: customerTable.id,
  /** Whether to drop the data that others than the owner of the address may have written. */
  drop: sqlType.flag,
  /** The metadata keys that only services write; they are never dropped. */
  serviceKeys: sqlType.texts,
}
type TakingOver = ValuesOf<typeof takeoverParams>

/** The account, if it meets a condition. */
export const selectAccountWhere = (
  p: Pick<TakingOver, 'tenant' | 'customerId'>,
  condition: SQL | undefined,
) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(isThisCustomer({ tenant: p.tenant, id: p.customerId }), condition))

/** The event of a takeover: of the first proof of the address, or of what else changed; none if nothing did. */
export const appendTakeover = (p: TakingOver) =>
  appendEvent(
    p,
    raiseVersion(
      { tenant: p.tenant, id: p.customerId, now: p.now },
      [],
      isStampedByEarlierStatement,
    ),
    (customer) => ({
      type: sql`case when (${customer.changedAt} ->> 'emailVerified')::int = ${customer.version}
      then 'customer.email_verified' else 'customer.updated' end`,
      changed: 'stamped',
    }),
  )

/**
 * The owner of an address, who has proven it, takes an account over: it is verified and claimed. With `drop`, unproven contact data goes, and
 * the whole profile of a provisional account. @param passwordHash what is stored of its password afterwards.
 */
export function takeOverAccount(p: TakingOver, passwordHash: SQL) {
  const isProvisional = exists(selectAccountWhere(p, eq(customerTable.provisional, true)))
  const dropped = db.$with('dropped').as(
    db
      .delete(addressTable)
      .where(
        and(
          eq(addressTable.tenant, p.tenant),
          eq(addressTable.customerId, p.customerId),
          sql`${p.drop}`,
          or(eq(addressTable.unproven, true), isProvisional),
        ),
      )
      .returning({ id: addressTable.id }),
  )
  const dropsProfile = sql`(${p.drop} and ${customerTable.provisional})`
  const profile = Object.values(fieldsWithPolicy(customerFields, { claim: 'drop' })).map(
    ({ column }) => column,
  )
  const kept = sql`(select coalesce(jsonb_object_agg(m.key, m.value), '{}') from jsonb_each(${customerTable.metadata}) m
    where m.key = any(${p.serviceKeys}))`
  const emptyOf = (column: (typeof profile)[number]) => (column === 'metadata' ? kept : sql`null`)
  const cleared = profile.map((column) => [
    column,
    sql`case when ${dropsProfile} then ${emptyOf(column)} else ${customerTable[column]} end`,
  ])
  return db
    .with(dropped)
    .update(customerTable)
    .set({
      ...Object.fromEntries(cleared),
      firstNameKey: sql`case when ${dropsProfile} then '' else ${customerTable.firstNameKey} end`,
      lastNameKey: sql`case when ${dropsProfile} then '' else ${customerTable.lastNameKey} end`,
      passwordHash,
      emailVerifiedAt: sql`coalesce(${customerTable.emailVerifiedAt}, ${p.now})`,
      claimedAt: sql`coalesce(${customerTable.claimedAt}, ${p.now})`,
      status: sql`case ${customerTable.status} when 'unverified' then 'active' else ${customerTable.status} end`,
      provisional: false,
      changedAt: stampedChangedAt([
        ...profile.map((field) => ({
          field,
          differs: sql`(${dropsProfile} and ${customerTable[field]} is distinct from ${emptyOf(field)})`,
        })),
        { field: 'addresses', differs: exists(db.select({ id: dropped.id }).from(dropped)) },
        { field: 'status', differs: eq(customerTable.status, 'unverified') },
        { field: 'emailVerified', differs: sql`${customerTable.emailVerifiedAt} is null` },
      ]),
    })
    .where(isThisCustomer({ tenant: p.tenant, id: p.customerId }))
}
