import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import { mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { countUpTo, keysetParams } from '#query/page'
import { mergeSelection } from './selection.ts'

const tenant = pick(mergeTable, 'tenant')
const listing = { ...tenant, ...keysetParams }
const counting = { ...tenant, most: sqlType.int }
const state = { state: mergeTable.state }
const customer = { customer: mergeTable.mergedId }

const isOfState = (p: ValuesOf<typeof state>) => eq(mergeTable.state, p.state)
/** Whether the customer is on either side. */
const isOfCustomer = (p: ValuesOf<typeof customer>) =>
  or(eq(mergeTable.survivorId, p.customer), eq(mergeTable.mergedId, p.customer))

/** A page of merges, newest first. Each filter has its own index, so each has its own plan. */
const listed = (p: ValuesOf<typeof listing>, filter?: SQL) =>
  [
    db
      .select({ item: mergeSelection(mergeTable) })
      .from(mergeTable)
      .where(and(eq(mergeTable.tenant, p.tenant), filter, lt(mergeTable.id, p.after)))
      .orderBy(desc(mergeTable.id))
      .limit(p.limit),
  ] as const

const counted = (p: ValuesOf<typeof counting>, filter?: SQL) =>
  [countUpTo(p.most, mergeTable, and(eq(mergeTable.tenant, p.tenant), filter))] as const

export const listMerges = useCase('list_merges', listing, (p) => listed(p))
export const countMerges = useCase('count_merges', counting, (p) => counted(p))

export const listMergesOfState = useCase('list_merges_of_state', { ...listing, ...state }, (p) =>
  listed(p, isOfState(p)),
)
export const countMergesOfState = useCase('count_merges_of_state', { ...counting, ...state }, (p) =>
  counted(p, isOfState(p)),
)

export const listMergesOfCustomer = useCase(
  'list_merges_of_customer',
  { ...listing, ...customer },
  (p) => listed(p, isOfCustomer(p)),
)
export const countMergesOfCustomer = useCase(
  'count_merges_of_customer',
  { ...counting, ...customer },
  (p) => counted(p, isOfCustomer(p)),
)

export const listCustomerMergesOfState = useCase(
  'list_merges_of_customer_and_state',
  { ...listing, ...customer, ...state },
  (p) => listed(p, and(isOfCustomer(p), isOfState(p))),
)
export const countCustomerMergesOfState = useCase(
  'count_merges_of_customer_and_state',
  { ...counting, ...customer, ...state },
  (p) => counted(p, and(isOfCustomer(p), isOfState(p))),
)
