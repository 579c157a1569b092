import { and, eq, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { customerTable, jobTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'

/** Whom a job is about that carries a customer to the provider, and what has become of that customer. */
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
 * Leaves a job that compares a customer with the user that is about to be made for it. No message wakes the job: it waits until the
 * request is over.
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
