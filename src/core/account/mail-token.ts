import type { Context } from '#core/context'
import type { MailToken } from '#core/identity'
import * as query from './generated/query.ts'
import { claimPurposes } from './purpose.ts'

/**
 * The parameters that spend a link of a mail.
 * @param shopperId the caller has a session instead of a password: the link must be this customer's.
 */
export const spending = (
  { tenant, now }: Context,
  purpose: keyof typeof claimPurposes,
  { id, subject, hash }: MailToken,
  shopperId: string | null = null,
) => ({
  tenant,
  purposes: claimPurposes[purpose],
  subject,
  tokenId: id,
  tokenHash: hash,
  shopperId,
  now: now.toISOString(),
})

/** Spends a link to verify an address, at the head of the commit that it allows. Refuses `mail_token_invalid`. */
export const spendVerifyToken = (ctx: Context, token: MailToken) =>
  query.spendMailToken(spending(ctx, 'verify', token))
