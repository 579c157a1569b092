import { Accepted, inviteCustomer, sendPasswordReset, sendVerification } from '#core/account'
import {
  CustomerPath,
  customerIdOf,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Account']
const mailed = openapiJsonAnswer(Accepted, 'The mail is on its way')
const refusals = [
  'customer_not_found',
  'customer_merged',
  'customer_is_guest',
  'customer_disabled',
] as const

/** The mails with links that staff sends to a customer. */
export const staffSentMailRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /customer/{id}/invite', {
      tags,
      summary: 'Invite a customer to an account that a service created',
      description:
        'Mails a link to choose a password, which works for 7 days and claims the account. Until then the customer does not change. Another invitation voids the earlier link.',
      request: { params: CustomerPath },
      responses: { 202: mailed },
      refusals: [...refusals, 'customer_is_active'],
    }),
    async (c) => c.json(await inviteCustomer(c.get('ctx'), customerIdOf(c)), 202),
  )
  .openapi(
    route('POST /customer/{id}/password-reset', {
      tags,
      summary: 'Mail a customer a link to set a new password',
      request: { params: CustomerPath },
      responses: { 202: mailed },
      refusals: [...refusals],
    }),
    async (c) => c.json(await sendPasswordReset(c.get('ctx'), customerIdOf(c)), 202),
  )
  .openapi(
    route('POST /customer/{id}/verify-email/resend', {
      tags,
      summary: 'Mail a customer the link to verify the e-mail address',
      request: { params: CustomerPath },
      responses: { 202: mailed },
      refusals: [...refusals, 'email_already_verified'],
    }),
    async (c) => c.json(await sendVerification(c.get('ctx'), customerIdOf(c)), 202),
  )
