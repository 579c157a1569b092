import { and, eq, exists, isNotNull, type SQL, sql } from 'drizzle-orm'
import { customerTable, emailChangeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { letterColumns } from './letter.ts'

/**
 * The end of the time in which a customer's move to another address can be undone: the end of the link in the warning. Null if the old address was never proven. Such an address gets no warning and is not reserved.
 */
export const emailUndoDeadline = (p: { readonly mailTokenExpiresAt: string }) =>
  sqlType.moment(
    sql`case when ${customerTable.emailVerifiedAt} is not null then ${p.mailTokenExpiresAt}::timestamptz end`,
  )

/**
 * The warning to the old address of a confirmed move, with the link that undoes it; none if the move can't be undone, because the old
 * address was never proven. It is sent regardless of the limit of mails, which strangers could exhaust.
 */
export const emailChangeWarning = (move: SQL | undefined) =>
  db
    .select(
      letterColumns({
        template: 'email_changed',
        recipient: emailChangeTable.oldEmail,
        locale: customerTable.locale,
        customerId: customerTable.id,
        emailKey: emailChangeTable.oldEmailKey,
        purpose: 'undo',
        subject: customerTable.id,
        changeId: emailChangeTable.id,
      }),
    )
    .from(emailChangeTable)
    .innerJoin(
      customerTable,
      and(
        eq(customerTable.tenant, emailChangeTable.tenant),
        eq(customerTable.id, emailChangeTable.customerId),
      ),
    )
    .where(and(move, isNotNull(emailChangeTable.undoUntil)))

type At = { readonly tenant: unknown; readonly customerId: unknown; readonly emailKey: unknown }

/** The template of a mail that asks for the proof of an address: for a registration, or after staff moved the account to the address. */
export const proofTemplate = ({ tenant, customerId, emailKey }: At) =>
  sqlType.textOf<'email_moved' | 'verify'>()(
    sql`case when ${exists(
      db
        .select({ id: emailChangeTable.id })
        .from(emailChangeTable)
        .where(
          and(
            sql`${emailChangeTable.tenant} = ${tenant}`,
            sql`${emailChangeTable.customerId} = ${customerId}`,
            sql`${emailChangeTable.newEmailKey} = ${emailKey}`,
            isNotNull(emailChangeTable.confirmedAt),
          ),
        ),
    )} then 'email_moved' else 'verify' end`,
  )
