import { and, desc, eq, lt, or, type SQL, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { mergeTable } from '#db/schema'
import { type Params, useCase, type ValuesOf } from '#db/use-case'
import { countUpTo, keyset } from '#query/page'
import { mergeSelection } from './selection.ts'

const params = { ...pick(mergeTable, 'tenant'), ...keyset }

/** A page of merges, newest first. Each filter has its own index, so each has its own plan. */
const listed = (p: ValuesOf<typeof params>, filter?: SQL) => {
  const where = and(eq(mergeTable.tenant, p.tenant), filter)
  const { counted, total } = countUpTo(p.most, mergeTable, where)
  const page = db
    .select()
    .from(mergeTable)
    .where(and(where, lt(mergeTable.id, p.after)))
    .orderBy(desc(mergeTable.id))
    .limit(p.limit)
    .as('page')
  return db
    .select({ total, item: mergeSelection(page) })
    .from(counted)
    .leftJoin(page, sql`true`)
    .orderBy(desc(page.id))
}

const isOfState = (p: { readonly state: (typeof mergeTable.state)['_']['data'] }) =>
  eq(mergeTable.state, p.state)
const isOfCustomer = (p: { readonly customer: string }) =>
  or(eq(mergeTable.survivorId, p.customer), eq(mergeTable.mergedId, p.customer))

const ofState = { ...params, state: mergeTable.state } satisfies Params
const ofCustomer = { ...params, customer: mergeTable.mergedId } satisfies Params

export const listMerges = useCase('list_merges', params, (p) => [listed(p)])

export const listMergesOfState = useCase('list_merges_of_state', ofState, (p) => [
  listed(p, isOfState(p)),
])

/** Of either side. */
export const listMergesOfCustomer = useCase('list_merges_of_customer', ofCustomer, (p) => [
  listed(p, isOfCustomer(p)),
])

export const listMergesOfBoth = useCase(
  'list_merges_of_customer_and_state',
  { ...ofState, ...ofCustomer },
  (p) => [listed(p, and(isOfCustomer(p), isOfState(p)))],
)
