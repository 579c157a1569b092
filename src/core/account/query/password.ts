import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { customerTable, mailTokenTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer, lockEmail } from '#lock/customer'
import {
  boundedMailParams,
  enqueueBoundedMail,
  enqueueMail,
  letterColumns,
  letterToCustomer,
  mailParams,
} from '#query/mail'
import { deleteSessions, endIntentions } from '#query/session'
import { claimPurposes } from '../claim-purposes.ts'
import { isValidMailToken, mailTokenParams } from './mail-token.ts'
import { passwordChangeMailTemplate } from './password-change-mail-template.ts'

/**
 * Changes the password, in a commit that has locked the account by a proof of its owner. Ends the other sessions and all pending
 * intentions, and mails the owner.
 */
export const changePassword = useCase(
  'change_password',
  {
    ...mailParams,
    ...pick(sessionTable, 'customerId'),
    /** The session that stays. */
    sessionId: sessionTable.id,
    passwordHash: sqlType.text,
  },
  (p) => [
    enqueueMail(p, letterToCustomer(p, { template: passwordChangeMailTemplate })),
    db
      .update(customerTable)
      .set({ passwordHash: p.passwordHash })
      .where(isThisCustomer({ tenant: p.tenant, id: p.customerId })),
    deleteSessions(p, ne(sessionTable.id, p.sessionId)),
    endIntentions(p),
    noAnswer,
  ],
)

/** Mails the owner of an account a link to set a new password. The work is the same for every address. */
export const forgotPassword = useCase(
  'forgot_password',
  { ...boundedMailParams, emailKey: customerTable.emailKey },
  (p) => {
    const account = alias(customerTable, 'account')
    const letters = db
      .select(
        letterColumns({
          template: 'reset',
          recipient: account.email,
          locale: account.locale,
          customerId: account.id,
          emailKey: p.emailKey,
          purpose: 'reset',
          subject: account.id,
        }),
      )
      .from(sql`(select) asked`)
      .leftJoin(
        account,
        and(
          eq(account.tenant, p.tenant),
          eq(account.emailKey, p.emailKey),
          inArray(account.status, ['unverified', 'active']),
        ),
      )
    return [lockEmail(p.tenant, p.emailKey), enqueueBoundedMail(p, letters), noAnswer]
  },
)

/** The account of a valid link to set a password. */
export const findByResetLink = useCase('find_by_reset_link', mailTokenParams, (p) => [
  db
    .select({ email: customerTable.emailKey, credential: customerTable.passwordHash })
    .from(mailTokenTable)
    .innerJoin(
      customerTable,
      and(
        eq(customerTable.tenant, mailTokenTable.tenant),
        eq(customerTable.id, mailTokenTable.subject),
        eq(customerTable.emailKey, mailTokenTable.emailKey),
      ),
    )
    .where(
      and(
        isValidMailToken(p, inArray(mailTokenTable.purpose, claimPurposes.reset)),
        inArray(customerTable.status, ['unverified', 'active']),
      ),
    ),
])
