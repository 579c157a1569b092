import { selectionOf } from '#db/field'
import type { passkeyTable } from '#db/schema'
import type { ColumnsOf } from '#db/statement-builders'
import { passkeyFields } from '../field-list.ts'

/** The field list of a passkey as a selection. */
export const passkeySelection = <C extends ColumnsOf<typeof passkeyTable>>(c: C) =>
  selectionOf(passkeyFields, c, {})
