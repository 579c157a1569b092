import { sql } from 'drizzle-orm'
import { jsonOf, momentText } from '#db/document'
import { selectionOf } from '#db/field'
import type { webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import type { ColumnsOf } from '#db/statement-builders'
import { type LastAttempt, webhookFields } from '../field-list.ts'

/** The field list of a webhook as a selection. */
export const webhookSelection = <C extends ColumnsOf<typeof webhookTable>>(c: C) =>
  selectionOf(webhookFields, c, {
    lastAttempt: sqlType.orNull(sqlType.json<LastAttempt>())(
      sql`case when ${c.lastAt} is not null then ${jsonOf({ at: momentText(c.lastAt), status: sql`${c.lastStatus}`, error: sql`${c.lastError}` })} end`,
    ),
  })
