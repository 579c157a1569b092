import type { Context, Versioned } from '#core/context'
import { findOrInsertAccount } from './find-or-insert-account.ts'
import type { CreateCustomer } from './input.ts'
import type { Customer } from './view.ts'

/**
 * Creates a registered customer, `unverified` until the owner of the address claims it. With a password, a mail asks the owner to.
 * Refuses `email_taken`, `external_id_taken`, `invalid_input` for a weak password.
 */
export const createCustomer = (ctx: Context, input: CreateCustomer): Promise<Versioned<Customer>> =>
  findOrInsertAccount(ctx, input, { mustBeNew: true })
