import { selectionOf } from '#db/field'
import type { deadLetterTable } from '#db/schema'
import type { ColumnsOf } from '#db/statement-builders'
import { deadLetterFields } from '../field-list.ts'

type Shown = 'id' | 'queue' | 'kind' | 'body' | 'attempts' | 'createdAt' | 'replayedAt'

/** The field list of a dead letter as a selection. */
export const deadLetterSelection = <C extends Pick<ColumnsOf<typeof deadLetterTable>, Shown>>(
  c: C,
) => selectionOf(deadLetterFields, c, {})
