import type { Context } from '#core/context'
import { mailValues } from '#core/mail'
import * as query from './generated/query.ts'

/** Mails a link to a new account's address. The owner verifies the address by the link and the password. For an account without a password, a service sends an invitation. */
export const askForProof = (ctx: Context, customerId: string) =>
  query.askForProof({ ...mailValues(ctx), customerId })
