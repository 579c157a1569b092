import type { Context } from '#core/context'
import type { MailToken } from '#core/identity'
import { claimPurposes } from './claim-purposes.ts'
import * as query from './generated/query.ts'

/**
 * The parameters that spend a link of a mail.
 * @param shopperId the caller has a session instead of a password: the link must be this customer's.
 */
export const valuesToSpendMailToken = (
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

/** Spends the token of a verification link. It is the first statement of the commit that the token allows. Refuses `mail_token_invalid`. */
export const spendVerifyTokenCall = (ctx: Context, token: MailToken) =>
  query.spendMailToken(valuesToSpendMailToken(ctx, 'verify', token))
