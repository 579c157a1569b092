import * as z from 'zod'
import { type Context, commit } from '#core/context'
import { PastedMailToken, readMailToken } from '#core/identity'
import { newMailValues } from '#core/mail'
import { undoEmailMoveMerges } from '#core/merge'
import { newEventValues } from '#core/outbox'
import { idsToEndPasskeys } from '#core/passkey'
import * as query from './generated/query.ts'

export const UndoEmail = z
  .strictObject({ token: PastedMailToken })
  .meta({ id: 'UndoEmail', examples: [{ token: 'mt_…' }] })
export type UndoEmail = z.output<typeof UndoEmail>

/**
 * The owner of the old address takes an account back within 72 hours. The link is enough. The address returns, all sessions end, and
 * the password and all passkeys are void. Later moves and the merges that the new addresses caused are undone. A mail offers to set a new password;
 * another one tells the address that the account loses.
 * Refuses `mail_token_invalid`.
 */
export async function undoConfirmedEmailChange(
  ctx: Context,
  { token: text }: UndoEmail,
): Promise<void> {
  const { id, subject: customerId, hash } = readMailToken(ctx, text)
  const link = { customerId, tokenId: id, tokenHash: hash }
  await commit(ctx, {
    told: query.tellOfUndo({ ...newMailValues(ctx), ...link }),
    parted: undoEmailMoveMerges(ctx, customerId, id),
    returned: query.undoEmailChangeByLink({
      ...newEventValues(ctx),
      ...newMailValues(ctx),
      ...idsToEndPasskeys(ctx),
      ...link,
    }),
  })
}
