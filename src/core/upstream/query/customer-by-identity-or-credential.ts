import { and, eq, notExists, sql } from 'drizzle-orm'
import { customerTable, linkedIdentityTable } from '#db/schema'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer, lockCustomer } from '#lock/customer'
import { hasLinkedIdentities, isIdentityOfCustomer } from './identities-of-customer.ts'

/** The account to which an identity is linked, in any status. */
export const findCustomerByIdentity = useCase(
  'find_customer_by_identity',
  pick(linkedIdentityTable, 'tenant', 'identity'),
  (p) => [
    db
      .select(pick(customerTable, 'id', 'status'))
      .from(linkedIdentityTable)
      .innerJoin(
        customerTable,
        and(
          eq(customerTable.tenant, linkedIdentityTable.tenant),
          eq(customerTable.id, linkedIdentityTable.customerId),
        ),
      )
      .where(
        and(eq(linkedIdentityTable.tenant, p.tenant), eq(linkedIdentityTable.identity, p.identity)),
      ),
  ],
)

/** The account whose credential is an identity of Hanzo ID. */
export const findCustomerByHanzoIdentity = useCase(
  'find_customer_by_hanzo_identity',
  pick(linkedIdentityTable, 'tenant', 'identity'),
  (p) => [
    db
      .select(pick(customerTable, 'id', 'status'))
      .from(customerTable)
      .where(and(eq(customerTable.tenant, p.tenant), hasHanzoCredential(p.identity))),
  ],
)

/** Whether a customer's credential is an identity of Hanzo ID, as the index `customer_one_identity` says it. */
export const hasHanzoCredential = (identity: string) =>
  and(
    sql`split_part(${customerTable.passwordHash}, '$', 3) = ${identity}`,
    sql`${customerTable.passwordHash} like '$hanzo$%'`,
  )

const using = {
  ...pick(linkedIdentityTable, 'tenant', 'identity', 'customerId'),
  now: linkedIdentityTable.lastUsedAt,
}

/**
 * Uses a linked identity, at the head of a commit that its proof allows: locks its account. Refuses `invalid_credentials` if the link ended
 * meanwhile.
 */
export const lockCustomerAndUseIdentity = useCase('lock_customer_and_use_identity', using, (p) => {
  const isIt = eq(linkedIdentityTable.identity, p.identity)
  return [
    lockCustomer({ tenant: p.tenant, id: p.customerId }),
    refuseWhen({ invalid_credentials: sql`not ${hasLinkedIdentities(p, isIt)}` }),
    db.update(linkedIdentityTable).set({ lastUsedAt: p.now }).where(isIdentityOfCustomer(p, isIt)),
    noAnswer,
  ]
})

/** `lockCustomerAndUseIdentity` for an identity of Hanzo ID. */
export const lockCustomerWithHanzoIdentity = useCase(
  'lock_customer_with_hanzo_identity',
  pick(linkedIdentityTable, 'tenant', 'identity', 'customerId'),
  (p) => {
    const which = { tenant: p.tenant, id: p.customerId }
    return [
      lockCustomer(which),
      refuseWhen({
        invalid_credentials: notExists(
          db
            .select({ id: customerTable.id })
            .from(customerTable)
            .where(and(isThisCustomer(which), hasHanzoCredential(p.identity))),
        ),
      }),
      noAnswer,
    ]
  },
)
