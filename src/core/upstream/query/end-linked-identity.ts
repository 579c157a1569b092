import { and, isNotNull, type SQL, sql } from 'drizzle-orm'
import { customerTable, eventTable, linkedIdentityTable, mailTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { newJobParameter, type ValuesOf } from '#db/use-case'
import { enqueueMail, letterToCustomer, mailParams } from '#query/mail'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { hasLinkedIdentities, isIdentityOfCustomer } from './identities-of-customer.ts'

/**
 * The parameters of a use case that ends a linked identity besides what it does itself: the ids of the event and of the mail, and of their
 * jobs.
 */
export const endLinkedIdentityParams = {
  endEvent: eventTable.id,
  endJob: newJobParameter('announce'),
  endMail: mailTable.id,
  endMailJob: newJobParameter('mail'),
}

const ending = { ...appendEventParams, ...mailParams, customerId: linkedIdentityTable.customerId }
type Ending = ValuesOf<typeof ending>

/** Removes one linked identity of a customer, appends the event and mails the owner. If there is none, it does nothing. @param which the one. */
export const endLinkedIdentity = (p: Ending, which: SQL) => {
  const isThere = hasLinkedIdentities(p, which)
  const provider = sql`(${db
    .select({ provider: linkedIdentityTable.provider })
    .from(linkedIdentityTable)
    .where(isIdentityOfCustomer(p, which))})`
  const isProven = isNotNull(customerTable.emailVerifiedAt)
  return [
    appendEvent(p, raiseSequence({ ...p, id: p.customerId }, isThere), () => ({
      type: 'customer.login_unlinked',
      data: { provider },
    })),
    enqueueMail(
      p,
      letterToCustomer(p, { template: 'login_unlinked', provider }, and(isProven, isThere)),
    ),
    db.delete(linkedIdentityTable).where(isIdentityOfCustomer(p, which)),
  ]
}
