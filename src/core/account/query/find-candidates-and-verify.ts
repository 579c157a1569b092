import { and, eq, gt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isAccount } from '#query/customer'
import { enqueueMergeIntoAccount, enqueueMergeParams } from '#query/merge'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { isValidMailToken, mailTokenParams } from './mail-token.ts'
import { newAccountColumnsOfAttempt } from './registration-attempt.ts'
import { voidAttempts } from './void-attempts.ts'

/**
 * Finds what a verification link belongs to: the account of the address, and one row per live registration. No row: the link is spent, replaced or expired.
 */
export const findVerificationCandidates = useCase(
  'find_verification_candidates',
  mailTokenParams,
  (p) => {
    const ofLink = alias(attemptTable, 'of_link')
    return [
      db
        .select({
          attempt: newAccountColumnsOfAttempt,
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
        .where(isValidMailToken(p, eq(mailTokenTable.purpose, 'verify'))),
    ]
  },
)

/** Verifies an account that was just made of a registration, in a commit that has spent the link of its address. */
export const verifyNewAccount = useCase(
  'verify_new_account',
  { ...appendEventParams, ...enqueueMergeParams, customerId: customerTable.id },
  (p) => [
    voidAttempts(p),
    appendEvent(p, raiseSequence({ tenant: p.tenant, id: p.customerId, now: p.now }), () => ({
      type: 'customer.email_verified',
    })),
    enqueueMergeIntoAccount(p, p.customerId),
    noAnswer,
  ],
)
