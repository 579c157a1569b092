import { and, eq, gt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isAccount } from '#query/customer'
import { enqueueMergeInto, merging } from '#query/merge'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { attemptColumns } from './attempt.ts'
import { isToken, link } from './mail-token.ts'
import { voidAttempts } from './void.ts'

/**
 * The receiver of a link to verify an address: an account, or a registration with the account that has its address by now. A row for each
 * live registration of the address. No row: the link is spent, replaced or too old.
 */
export const findProof = useCase('find_proof', link, (p) => {
  const ofLink = alias(attemptTable, 'of_link')
  return [
    db
      .select({
        attempt: attemptColumns,
        account: pick(customerTable, 'id', 'email', 'status', 'passwordHash'),
      })
      .from(mailTokenTable)
      .leftJoin(
        ofLink,
        and(eq(ofLink.tenant, mailTokenTable.tenant), eq(ofLink.id, mailTokenTable.subject)),
      )
      .leftJoin(
        attemptTable,
        and(
          eq(attemptTable.tenant, ofLink.tenant),
          eq(attemptTable.emailKey, ofLink.emailKey),
          gt(attemptTable.expiresAt, p.now),
          eq(attemptTable.state, 'live'),
        ),
      )
      .leftJoin(
        customerTable,
        and(
          eq(customerTable.tenant, mailTokenTable.tenant),
          eq(customerTable.emailKey, mailTokenTable.emailKey),
          isAccount(customerTable),
          or(sql`${ofLink.id} is not null`, eq(customerTable.id, mailTokenTable.subject)),
        ),
      )
      .where(isToken(p, eq(mailTokenTable.purpose, 'verify'))),
  ]
})

/** Verifies an account that was just made of a registration, in a commit that has spent the link of its address. */
export const verifyNewAccount = useCase(
  'verify_new_account',
  { ...appending, ...merging, customerId: customerTable.id },
  (p) => [
    voidAttempts(p),
    appendEvent(p, raiseSequence({ tenant: p.tenant, id: p.customerId, now: p.now }), () => ({
      type: 'customer.email_verified',
    })),
    enqueueMergeInto(p, p.customerId),
    noAnswer,
  ],
)
