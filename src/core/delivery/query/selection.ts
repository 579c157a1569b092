import { sql } from 'drizzle-orm'
import { jsonOf } from '#db/document'
import { selectionOf } from '#db/field'
import type { deliveryTable, eventTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import type { ColumnsOf } from '#db/statement-builders'
import { type DeliveryResponse, deliveryFields } from '../field-list.ts'

/** The columns of the field list. */
export const shownColumns = [
  ...([
    'id',
    'webhookId',
    'eventId',
    'status',
    'attempts',
    'nextAttemptAt',
    'attemptedAt',
  ] as const),
  ...(['responseStatus', 'responseBody', 'responseMs', 'error', 'createdAt', 'settledAt'] as const),
]

type Columns = Pick<ColumnsOf<typeof deliveryTable>, (typeof shownColumns)[number]>

/** The field list of a delivery as a selection. @param type the type of its event. */
export const deliverySelection = <
  D extends Columns,
  T extends ColumnsOf<typeof eventTable>['type'],
>(
  d: D,
  type: T,
) =>
  selectionOf(deliveryFields, d, {
    type,
    nextAttemptAt: sqlType.orNull(sqlType.moment)(
      sql`case when ${d.status} = 'pending' then ${d.nextAttemptAt} end`,
    ),
    response: responseOf(d),
  })

const responseOf = (d: Columns) => {
  const { responseStatus: status, responseBody: body, responseMs: durationMs } = d
  const response = jsonOf<DeliveryResponse>({ status, body, durationMs })
  return sqlType.orNull(sqlType.json<DeliveryResponse>())(
    sql`case when ${status} is not null then ${response} end`,
  )
}
