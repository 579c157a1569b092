import { and, eq, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { customerTable, jobTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'

/** The customer of a job that updates the provider, and the customer's present state. */
export const findMirrored = useCase('find_mirrored', pick(jobTable, 'tenant', 'id'), (p) => [
  db
    .select({
      customerId: kind.text(sql`${jobTable.payload} ->> 'customer'`),
      user: kind.orNull(kind.text)(sql`${jobTable.payload} ->> 'user'`),
      person: {
        ...pick(customerTable, 'status'),
        email: customerTable.emailKey,
        isVerified: kind.flag(sql`(${customerTable.emailVerifiedAt} is not null)`),
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
])

/**
 * Enqueues a job that compares a customer with the user that is about to be made for it. No message announces the job, so that it
 * runs after the request.
 */
export const expectUser = useCase(
  'expect_user',
  { ...pick(jobTable, 'tenant', 'id', 'dueAt', 'createdAt'), customerId: customerTable.id },
  (p) => [
    db.insert(jobTable).values({
      ...p,
      kind: 'mirror',
      payload: jsonbOf({ customer: kind.text(sql`${p.customerId}`) }),
    }),
    noAnswer,
  ],
)
