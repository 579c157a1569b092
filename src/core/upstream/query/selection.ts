import { selectionOf } from '#db/field'
import type { linkedIdentityTable } from '#db/schema'
import type { ColumnsOf } from '#db/statement-builders'
import { linkedIdentityFields } from '../field-list.ts'

/** The field list of a linked identity as a selection. */
export const linkedIdentitySelection = <C extends ColumnsOf<typeof linkedIdentityTable>>(c: C) =>
  selectionOf(linkedIdentityFields, c, {})
