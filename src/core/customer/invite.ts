import type { Context } from '#core/context'
import { mailing } from '#core/mail'
import * as query from './generated/query.ts'

/** A mail to the owner of a new account's address, to prove it with the password; where no password was chosen, staff invites. */
export const inviteToVerify = (ctx: Context, customerId: string) =>
  query.inviteToVerify({ ...mailing(ctx), customerId })
