import type { Context } from '#core/context'
import { newMailValues } from '#core/mail'
import * as query from './generated/query.ts'

/** Mails a link to a new account's address. The owner verifies the address by the link and the password. For an account without a password, a service sends an invitation. */
export const enqueueVerificationMailCall = (ctx: Context, customerId: string) =>
  query.enqueueVerificationMail({ ...newMailValues(ctx), customerId })
