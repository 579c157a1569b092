import type { Context } from '#core/context'
import { type CreateCustomer, emailKey } from '#core/customer'
import { callerPlaceHash } from '#core/identity'
import type { boundedMailValues } from '#core/mail'
import { inputValues } from '#db/input-fields'
import type { RowOf } from '#db/use-case'
import { newId } from '#kernel/id'
import { attemptFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { findLoginCandidates } from './query/check-login.ts'

const LIVES_MS = 24 * 60 * 60_000
const SALT_BYTES = 16

/** The values of an attempt from which a customer is created. */
export type RegistrationAttempt = NonNullable<RowOf<typeof findLoginCandidates>['attempt']>

/**
 * The hash of a password in an attempt. All attempts of one address share a salt, which only this service can compute. So a login needs one hash to compare with all of them.
 */
export function hashForAttempt(
  ctx: Context,
  key: string,
  password: string,
  { isKnownDevice = false } = {},
): Promise<string> {
  const salt = Buffer.from(ctx.keyring.mac('salt', `${ctx.tenant} ${key}`), 'base64url')
  return ctx.identity.passwords.hash(password, {
    salt: salt.subarray(0, SALT_BYTES),
    isKnownDevice,
  })
}

/** Stores an attempt to register, and mails the link to the owner of the address. @param mailing for the address. */
export function storeAttemptAndMailCall(
  ctx: Context,
  input: CreateCustomer,
  passwordHash: string | null,
  mailing: ReturnType<typeof boundedMailValues>,
) {
  const key = emailKey(input.email)
  return query.requestRegistration({
    ...mailing,
    ...inputValues(attemptFields, input),
    id: newId('attempt', ctx.now),
    emailKey: key,
    passwordHash,
    metadata: input.metadata ?? {},
    place: callerPlaceHash(ctx),
    attemptExpiresAt: new Date(ctx.now.getTime() + LIVES_MS).toISOString(),
  })
}
