import { customerTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { enqueueMail, letterLinkColumns, letterToCustomer, mailParams } from '#query/mail'

/** Mails the owner of a new account's address, to prove it with the password. */
export const enqueueVerificationMail = useCase(
  'enqueue_verification_mail',
  { ...mailParams, customerId: customerTable.id },
  (p) => [
    enqueueMail(p, letterToCustomer(p, { template: 'verify', ...letterLinkColumns('verify') })),
    noAnswer,
  ],
)
