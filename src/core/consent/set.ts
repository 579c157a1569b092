import {
  acceptedVersions,
  type Context,
  commit,
  mustMatchShopper,
  read,
  type Versioned,
} from '#core/context'
import { boundedMailValues, newMailValues, printHeldMailForDeveloper } from '#core/mail'
import { newEventValues } from '#core/outbox'
import { inputValues } from '#db/input-fields'
import { Refusal } from '#kernel/error'
import { ConsentPurpose, consentFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { SetConsent } from './input.ts'
import { type Consent, toConsent } from './view.ts'

/** The purpose whose grants wait for the answer to a mail. */
export const DOUBLE_OPT_IN_PURPOSE = 'marketing'

/**
 * Records what a customer says about a purpose. A grant of `marketing` waits for the double opt-in: a mail asks its address, and the state is
 * `pending` until the link's page confirms it. A repeat changes nothing. While the consent is pending, a repeat sends the mail again, within the limits for mails that strangers can cause.
 *
 * Refuses `customer_not_found`, `customer_merged`, `invalid_input` for a purpose that is none, `precondition_failed`.
 */
export async function setConsent(
  ctx: Context,
  id: string,
  purpose: string,
  input: SetConsent,
): Promise<Versioned<Consent>> {
  mustMatchShopper(ctx, id)
  const isDouble = mustBeConsentPurpose(purpose) === DOUBLE_OPT_IN_PURPOSE
  const sending = await sendingOf(ctx, id, isDouble && input.state === 'granted')
  const { rows } = await commit(ctx, {
    set: query.setConsent({
      ...sending,
      ...newEventValues(ctx),
      ...inputValues(consentFields, input),
      id,
      purpose,
      state: input.state,
      isDouble,
      accepted: acceptedVersions(ctx),
    }),
    rows: query.listConsents({ tenant: ctx.tenant, id }),
  })
  if (sending.bounds.length > 0) await printHeldMailForDeveloper(ctx, sending)
  return toConsent(rows, purpose)
}

/** Returns a purpose. Refuses `invalid_input` for a text that is none. */
export function mustBeConsentPurpose(written: string): string {
  const { success, error } = ConsentPurpose.safeParse(written)
  if (success) return written
  const message = error.issues[0]?.message ?? ''
  throw new Refusal('invalid_input', {
    errors: [{ path: 'purpose', code: 'invalid_format', message }],
  })
}

/**
 * The parameters of the double opt-in's mail. The mails that shoppers cause are limited per address, which is read first. Those of staff are not.
 */
async function sendingOf(ctx: Context, id: string, isAsked: boolean) {
  if (!isAsked || ctx.actor.type !== 'shopper') {
    return { ...newMailValues(ctx, 'consent'), bounds: [], device: null, deviceEpoch: 0 }
  }
  const { found } = await read(ctx, {
    found: query.findCustomerEmailKey({ tenant: ctx.tenant, id }),
  })
  return boundedMailValues(ctx, found[0]?.emailKey ?? '', { purpose: 'consent' })
}
