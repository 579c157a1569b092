import type { ColumnsOf } from '#db/builder'
import { selectionOf } from '#db/field'
import type { deadLetterTable } from '#db/schema'
import { deadLetterFields } from '../field.ts'

/** The field list of a dead letter as a selection. */
export const deadLetterSelection = <C extends ColumnsOf<typeof deadLetterTable>>(c: C) =>
  selectionOf(deadLetterFields, c, {})
