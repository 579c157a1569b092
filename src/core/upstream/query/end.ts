import { and, isNotNull, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { customerTable, eventTable, linkedIdentityTable, mailTable } from '#db/schema'
import { newJob, type ValuesOf } from '#db/use-case'
import { letterTo, mailing, postMail } from '#query/mail'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { hasLinks, isLinkOf } from './own.ts'

/**
 * The parameters of a use case that ends a linked identity besides what it does itself: the ids of the event and of the mail, and of their
 * jobs.
 */
export const endingLink = {
  endEvent: eventTable.id,
  endJob: newJob('announce'),
  endMail: mailTable.id,
  endMailJob: newJob('mail'),
}

const ending = { ...appending, ...mailing, customerId: linkedIdentityTable.customerId }
type Ending = ValuesOf<typeof ending>

/** Ends one linked identity of a customer, and tells the timeline and the owner; nothing without it. @param which the one. */
export const endLink = (p: Ending, which: SQL) => {
  const isThere = hasLinks(p, which)
  const provider = sql`(${db
    .select({ provider: linkedIdentityTable.provider })
    .from(linkedIdentityTable)
    .where(isLinkOf(p, which))})`
  const isProven = isNotNull(customerTable.emailVerifiedAt)
  return [
    appendEvent(p, raiseSequence({ ...p, id: p.customerId }, isThere), () => ({
      type: 'customer.login_unlinked',
      data: { provider },
    })),
    postMail(p, letterTo(p, { template: 'login_unlinked', provider }, and(isProven, isThere))),
    db.delete(linkedIdentityTable).where(isLinkOf(p, which)),
  ]
}
