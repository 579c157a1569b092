import type { Context } from '#core/context'
import { mailing } from '#core/mail'
import * as query from './generated/query.ts'

/** Mails the owner of a new account's address, to prove it with the password. Staff invites the owner of an account without a password. */
export const inviteToVerify = (ctx: Context, customerId: string) =>
  query.inviteToVerify({ ...mailing(ctx), customerId })
