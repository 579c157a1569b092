import {
  acceptedVersions,
  type Context,
  commit,
  mustMatchShopper,
  servicesOnlyFieldsRefusal,
  type Versioned,
} from '#core/context'
import { newMailValues } from '#core/mail'
import { newEventValues } from '#core/outbox'
import { fieldsInInput, inputValues } from '#db/input-fields'
import { newId } from '#kernel/id'
import { emailAndNameKeys } from './email-and-name-keys.ts'
import { customerFields, shopperWritableFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { UpdateCustomer } from './input.ts'
import { MAX_METADATA_KEYS } from './metadata.ts'
import { refuseReservedMetadata } from './reserved-metadata.ts'
import { type Customer, toCustomer } from './view.ts'

/**
 * Changes the named fields that differ. The version rises only if a field differs. Metadata is merged (RFC 7396): null removes a key.
 * A changed e-mail address is unverified and unclaimed: its reader is asked to prove it, and the old one, if it was proven, gets a link
 * that undoes the change. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`,
 * `email_taken`, `external_id_taken`, `too_much_metadata`, and for a shopper
 * who names a field of staff `caller_not_allowed`, a metadata key of services `metadata_key_reserved`.
 */
export async function updateCustomer(
  ctx: Context,
  id: string,
  input: UpdateCustomer,
): Promise<Versioned<Customer>> {
  mustMatchShopper(ctx, id)
  const named = fieldsInInput(customerFields, input)
  const ofStaff = named.filter((field) => !shopperWritableFields.some((own) => own === field))
  const isProfile = ofStaff.length === 0
  if (ctx.actor.type === 'shopper' && !isProfile) throw servicesOnlyFieldsRefusal(ofStaff)
  refuseReservedMetadata(ctx, input.metadata)
  const values = {
    ...newEventValues(ctx),
    ...inputValues(customerFields, input),
    ...emailAndNameKeys(input),
    id,
    named,
    email: input.email ?? '',
    metadata: input.metadata ?? {},
    metadataKeys: MAX_METADATA_KEYS,
    accepted: acceptedVersions(ctx),
    currency: ctx.settings.currency,
  }
  if (isProfile) {
    const { answer } = await commit(ctx, { answer: query.updateProfile(values).asAnswer(id) })
    return toCustomer(answer[0])
  }
  const changeId = newId('emailChange', ctx.now)
  const warning = newMailValues(ctx, 'undo')
  const { mailTokenExpiresAt } = warning
  const call = query.updateCustomer({ ...values, changeId, mailTokenExpiresAt })
  const { answer } = await commit(ctx, {
    answer: call.asAnswer(id),
    ...(input.email !== undefined && {
      warning: query.warnOfEmailChange({ ...warning, changeId }),
      proof: query.mailProofLinkToNewAddress({ ...newMailValues(ctx), changeId }),
    }),
  })
  return toCustomer(answer[0])
}
