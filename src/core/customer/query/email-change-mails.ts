import { and, eq } from 'drizzle-orm'
import { customerTable, emailChangeTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import {
  customerRecipient,
  emailChangeWarning,
  enqueueMail,
  letterColumns,
  letterLinkColumns,
  mailParams,
} from '#query/mail'

const params = { ...mailParams, changeId: emailChangeTable.id }

type Which = { readonly tenant: string; readonly changeId: string }
const isMove = (p: Which) =>
  and(eq(emailChangeTable.tenant, p.tenant), eq(emailChangeTable.id, p.changeId))

/** Warns the old address of a move that staff has made in the same commit, with the link that undoes it. */
export const warnOfEmailChange = useCase('warn_of_email_change', params, (p) => [
  enqueueMail(p, emailChangeWarning(isMove(p))),
  noAnswer,
])

/** Mails the new address a link that proves it. A disabled account gets no mail, because its link would not work. */
export const mailProofLinkToNewAddress = useCase('mail_proof_link_to_new_address', params, (p) => [
  enqueueMail(
    p,
    db
      .select(
        letterColumns({
          template: 'email_moved',
          ...customerRecipient,
          ...letterLinkColumns('verify'),
        }),
      )
      .from(emailChangeTable)
      .innerJoin(
        customerTable,
        and(
          eq(customerTable.tenant, emailChangeTable.tenant),
          eq(customerTable.id, emailChangeTable.customerId),
          eq(customerTable.status, 'unverified'),
        ),
      )
      .where(isMove(p)),
  ),
  noAnswer,
])
