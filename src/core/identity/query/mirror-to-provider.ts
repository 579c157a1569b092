import { and, eq, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { customerTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

/** The customer of a job that updates the provider, and the customer's present state. */
export const findCustomerToMirror = useCase(
  'find_customer_to_mirror',
  pick(jobTable, 'tenant', 'id'),
  (p) => [
    db
      .select({
        customerId: sqlType.text(sql`${jobTable.payload} ->> 'customer'`),
        user: sqlType.orNull(sqlType.text)(sql`${jobTable.payload} ->> 'user'`),
        person: {
          ...pick(customerTable, 'status'),
          email: customerTable.emailKey,
          isVerified: sqlType.flag(sql`(${customerTable.emailVerifiedAt} is not null)`),
          isProvisional: customerTable.provisional,
          credential: customerTable.passwordHash,
        },
      })
      .from(jobTable)
      .leftJoin(
        customerTable,
        and(
          eq(customerTable.tenant, jobTable.tenant),
          eq(customerTable.id, sql`${jobTable.payload} ->> 'customer'`),
        ),
      )
      .where(and(eq(jobTable.tenant, p.tenant), eq(jobTable.id, p.id))),
  ],
)

/**
 * Enqueues a job that later compares a customer with the user that is about to be made for it. The job has no message after the commit, so it runs after the request.
 */
export const enqueueLaterMirror = useCase(
  'enqueue_later_mirror',
  { ...pick(jobTable, 'tenant', 'id', 'dueAt', 'createdAt'), customerId: customerTable.id },
  (p) => [
    db.insert(jobTable).values({
      ...p,
      kind: 'mirror',
      payload: jsonbOf({ customer: sqlType.text(sql`${p.customerId}`) }),
    }),
    noAnswer,
  ],
)
