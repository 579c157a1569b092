import { type Context, commit, mayActFor, read, type Versioned, versionsOf } from '#core/context'
import { askedMailing, mailing, sayHeldBack } from '#core/mail'
import { appending } from '#core/outbox'
import { Refusal } from '#kernel/error'
import { Purpose } from './field.ts'
import * as query from './generated/query.ts'
import type { SetConsent } from './input.ts'
import { type Consent, toConsent } from './view.ts'

/** The purpose whose grants wait for the answer to a mail. */
export const DOUBLE = 'marketing'

/**
 * Records what a customer says about a purpose. A grant of `marketing` waits for the double opt-in: a mail asks its address, and the state is
 * `pending` until the link's page confirms it. The same once more changes nothing; while it waits, it sends the mail again, within the
 * bounds of mails that strangers can cause.
 *
 * Refuses `customer_not_found`, `customer_merged`, `invalid_input` for a purpose that is none, `precondition_failed`.
 */
export async function setConsent(
  ctx: Context,
  id: string,
  purpose: string,
  { state, source = null, textVersion = null }: SetConsent,
): Promise<Versioned<Consent>> {
  mayActFor(ctx, id)
  const isDouble = purposeOf(purpose) === DOUBLE
  const sending = await sendingOf(ctx, id, isDouble && state === 'granted')
  const { rows } = await commit(ctx, {
    set: query.setConsent({
      ...sending,
      ...appending(ctx),
      id,
      purpose,
      state,
      source,
      textVersion,
      isDouble,
      accepted: versionsOf(ctx),
    }),
    rows: query.listConsents({ tenant: ctx.tenant, id }),
  })
  if (sending.bounds.length > 0) await sayHeldBack(ctx, sending)
  return toConsent(rows, purpose)
}

/** A purpose that is written as purposes are. */
export function purposeOf(written: string): string {
  const { success, error } = Purpose.safeParse(written)
  if (success) return written
  const message = error.issues[0]?.message ?? ''
  throw new Refusal('invalid_input', {
    errors: [{ path: 'purpose', code: 'invalid_format', message }],
  })
}

/**
 * The mail of the double opt-in. That of a shopper is bounded by the address, which is read before; staff's is not, as an invitation is not.
 */
async function sendingOf(ctx: Context, id: string, isAsked: boolean) {
  if (!isAsked || ctx.actor.type !== 'shopper') {
    return { ...mailing(ctx, 'consent'), bounds: [], device: null, deviceEpoch: 0 }
  }
  const { found } = await read(ctx, { found: query.findEmailKey({ tenant: ctx.tenant, id }) })
  return askedMailing(ctx, found[0]?.emailKey ?? '', { purpose: 'consent' })
}
