import { eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm'
import type { customerTable } from '#db/schema'
import type { ColumnsOf } from '#db/statement-builders'

type Standing = Pick<ColumnsOf<typeof customerTable>, 'status'>

const accountStatuses = ['unverified', 'active', 'disabled'] as const

/** Whether the customer is an account: its owner may log in, or could before it was disabled. */
export const isAccount = ({ status }: Standing): SQL => inArray(status, [...accountStatuses])

export const isGuest = ({ status }: Standing): SQL => eq(status, 'guest')

/** Whether readers see the customer. Instead of a merged customer they see its survivor. */
export const isNeitherErasedNorDeleted = ({ status }: Standing): SQL =>
  notInArray(status, ['erased', 'deleted'])

/** The condition of a unique index, which `on conflict` has to repeat. Columns stand there without their table. */
export const accountIndexCondition = sql`status in (${sql.join(
  accountStatuses.map((status) => sql`${status}`),
  sql`, `,
)})`
export const guestIndexCondition = sql`status = 'guest'`
