import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import {
  appendEvent,
  appendEventParams,
  nextSequenceAndVersion,
  stampedChangedAt,
} from '#query/outbox'
import { isGuest } from './condition.ts'
import { isThisCustomer, lockCustomerOrRefuse, refuseStale } from './lock.ts'
import { customerRow } from './selection.ts'

const params = {
  ...appendEventParams,
  ...pick(customerTable, 'id'),
  accepted: sqlType.orNull(sqlType.versions),
  currency: sqlType.text,
}
type Params = ValuesOf<typeof params>

/** Disables an account: nobody can log in to it. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, `customer_is_guest`. */
export const disableCustomer = useCase(
  'disable_customer',
  { ...params, reason: customerTable.disabledReason },
  (p) => [
    ...refusals(p),
    appendEvent(
      p,
      changeStatus(
        p,
        { status: 'disabled', disabledReason: p.reason },
        inArray(customerTable.status, ['unverified', 'active']),
      ),
      () => ({
        type: 'customer.disabled',
        changed: 'stamped',
        data: { reason: sql`${p.reason}` },
      }),
    ),
    answer(p),
  ],
)

/** Lets the account log in again, as verified as before. Refuses the same codes. */
export const enableCustomer = useCase('enable_customer', params, (p) => [
  ...refusals(p),
  appendEvent(
    p,
    changeStatus(
      p,
      {
        status: sql`case when ${customerTable.emailVerifiedAt} is null then 'unverified' else 'active' end`,
        disabledReason: null,
      },
      eq(customerTable.status, 'disabled'),
    ),
    () => ({ type: 'customer.enabled', changed: 'stamped' }),
  ),
  answer(p),
])

const refusals = (p: Params) => [
  lockCustomerOrRefuse(p),
  refuseStale(customerTable, p.accepted, isThisCustomer(p)),
  refuseWhen({
    customer_is_guest: exists(
      db
        .select({ id: customerTable.id })
        .from(customerTable)
        .where(and(isThisCustomer(p), isGuest(customerTable))),
    ),
  }),
]

type Change = { readonly status: 'disabled' | SQL; readonly disabledReason: string | null }

/** Writes no row, and so no event, if the customer has another status than the change starts from. */
const changeStatus = (p: Params, change: Change, from: SQL) =>
  db
    .update(customerTable)
    .set({
      ...change,
      ...nextSequenceAndVersion,
      updatedAt: p.now,
      changedAt: stampedChangedAt([{ field: 'status' }]),
    })
    .where(and(isThisCustomer(p), from))
    .returning()

const answer = (p: Params) =>
  db.select(customerRow(customerTable, p.currency)).from(customerTable).where(isThisCustomer(p))
