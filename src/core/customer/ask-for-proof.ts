import type { Context } from '#core/context'
import { mailing } from '#core/mail'
import * as query from './generated/query.ts'

/** Mails the owner of a new account's address, to prove it with the password. An account without a password is invited on request. */
export const askForProof = (ctx: Context, customerId: string) =>
  query.askForProof({ ...mailing(ctx), customerId })
