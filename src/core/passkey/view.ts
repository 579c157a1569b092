import * as z from 'zod'
import { pageSchema } from '#core/page'
import { viewShape } from '#db/field'
import { Refusal } from '#kernel/error'
import { passkeyFields } from './field-list.ts'

export const Passkey = z.strictObject(viewShape(passkeyFields)).meta({ id: 'Passkey' })
export type Passkey = z.output<typeof Passkey>

export const PasskeyPage = pageSchema(Passkey, 'PasskeyPage')
export type PasskeyPage = z.output<typeof PasskeyPage>

/** Refuses `passkey_not_found` when there is no row. */
export function toPasskey(row: { readonly passkey: Passkey } | undefined): Passkey {
  if (row === undefined) throw new Refusal('passkey_not_found')
  return row.passkey
}
