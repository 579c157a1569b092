import { type Context, commit } from '#core/context'
import { readMailToken } from '#core/identity'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'
import type { ConfirmConsent } from './input.ts'
import { DOUBLE_OPT_IN_PURPOSE } from './set.ts'
import { type Consent, toConsent } from './view.ts'

/**
 * Grants the consent that a mail asked for. The page behind the link asks for it with a button: opening the link changes nothing. A repeat is
 * answered alike. Refuses `mail_token_invalid`, also after a withdrawal.
 */
export async function confirmConsent(
  ctx: Context,
  { token: text }: ConfirmConsent,
): Promise<Pick<Consent, 'purpose' | 'state' | 'updatedAt'>> {
  const { id: tokenId, subject: id, hash: tokenHash } = readMailToken(ctx, text)
  const { rows } = await commit(ctx, {
    confirmed: query.confirmConsent({
      ...newEventValues(ctx),
      id,
      purpose: DOUBLE_OPT_IN_PURPOSE,
      tokenId,
      tokenHash,
    }),
    rows: query.listConsents({ tenant: ctx.tenant, id }),
  })
  const { purpose, state, updatedAt } = toConsent(rows, DOUBLE_OPT_IN_PURPOSE).value
  return { purpose, state, updatedAt }
}
