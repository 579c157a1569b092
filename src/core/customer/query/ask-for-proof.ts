import { customerTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { letterTo, linkFor, mailing, postMail } from '#query/mail'

/** Mails the owner of a new account's address, to prove it with the password. */
export const askForProof = useCase(
  'ask_for_proof',
  { ...mailing, customerId: customerTable.id },
  (p) => [postMail(p, letterTo(p, { template: 'verify', ...linkFor('verify') })), noAnswer],
)
