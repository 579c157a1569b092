import { and, eq } from 'drizzle-orm'
import { db } from '#db/builder'
import { customerTable, emailChangeTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { letter, linkFor, mailing, postMail, toItsAddress, warningOf } from '#query/mail'

const params = { ...mailing, changeId: emailChangeTable.id }

type Which = { readonly tenant: string; readonly changeId: string }
const isMove = (p: Which) =>
  and(eq(emailChangeTable.tenant, p.tenant), eq(emailChangeTable.id, p.changeId))

/** Warns the old address of a move that staff has made in the same commit, with the link that undoes it. */
export const warnOfMove = useCase('warn_of_move', params, (p) => [
  postMail(p, warningOf(isMove(p))),
  noAnswer,
])

/** Asks the new address of such a move for its proof. A disabled account is asked for none, for its link would not work. */
export const askMovedForProof = useCase('ask_moved_for_proof', params, (p) => [
  postMail(
    p,
    db
      .select(
        letter({
          template: 'email_moved',
          ...toItsAddress,
          ...linkFor('verify'),
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
