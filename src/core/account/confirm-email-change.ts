import * as z from 'zod'
import { type Context, commit } from '#core/context'
import { Password } from '#core/customer'
import {
  liveSessionStatements,
  type MailToken,
  PastedMailToken,
  provePassword,
  readMailToken,
} from '#core/identity'
import { newMailValues } from '#core/mail'
import { newMergeValues } from '#core/merge'
import { newEventValues } from '#core/outbox'
import { prepareSessionOpening, type Session } from '#core/session'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

export const ConfirmEmail = z
  .strictObject({
    token: PastedMailToken,
    password: Password.optional().meta({
      description: 'The password of the account. Not needed with its access token',
    }),
  })
  .meta({ id: 'ConfirmEmail', examples: [{ token: 'mt_…', password: 'correct horse battery' }] })
export type ConfirmEmail = z.output<typeof ConfirmEmail>

/**
 * Moves an account to the address that it asked for. The link proves the new inbox, the password or the session proves the account.
 * All sessions end, and a new one opens. The old address gets a link to undo the move and stays reserved for 72 hours. Refuses
 * `mail_token_invalid`, `invalid_credentials`, `too_many_attempts`, `invalid_input` without a password, `email_taken`.
 */
export async function confirmEmailChange(ctx: Context, input: ConfirmEmail): Promise<Session> {
  const token = readMailToken(ctx, input.token)
  const { subject: customerId } = token
  const { proof, entry } =
    input.password === undefined
      ? byOwnSession(ctx, token)
      : await provePassword(ctx, customerId, input.password)
  const { statements, handOver } = await prepareSessionOpening(ctx, { customerId, entry })
  const results = await commit(ctx, {
    ...proof,
    moved: query.confirmEmailChange({
      ...newEventValues(ctx),
      ...newMailValues(ctx, 'undo'),
      ...newMergeValues(ctx),
      customerId,
      tokenId: token.id,
      tokenHash: token.hash,
    }),
    ...statements,
  })
  return handOver(results)
}

/** Proof by the caller's session instead of the password; the link must be its account's. */
function byOwnSession(ctx: Context, link: MailToken) {
  const { actor } = ctx
  if (actor.type !== 'shopper') {
    throw new Refusal('invalid_input', {
      errors: [{ path: 'password', code: 'required', message: 'Is required.' }],
    })
  }
  if (actor.id !== link.subject) throw new Refusal('mail_token_invalid')
  return { proof: liveSessionStatements(ctx), entry: { by: 'session' as const, link } }
}
