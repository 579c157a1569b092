import { EmbeddedCall } from '#db/embedded-call'
import { type Fragment, sqlFragment, toTextAndValues } from '#db/fragment'
import { Statement } from '#db/statement'
import type { RowOf } from '#db/use-case'
import type { CustomerFilter } from '../filter.ts'
import * as query from '../generated/query.ts'
import type { findRuleFacts } from '../query/find-rule-facts.ts'
import { inScope } from './condition.ts'
import { type Count, countStatement } from './count.ts'
import { filterConditions } from './filter-conditions.ts'
import { columnFragment, every, literalNumber } from './sql.ts'

type Asked = { readonly tenant: string; readonly filter: CustomerFilter; readonly now: Date }

/** The ids of customers who match a filter, in order. */
function matchingIds(
  { tenant, filter, now }: Asked,
  more: Fragment,
  most: number | null,
): Fragment {
  const { scope, all } = filterConditions(tenant, filter, now)
  const tests = every([inScope(scope), ...all.map(({ holds }) => holds), more])
  return sqlFragment`select ${columnFragment('id', 'c')} as id from list_entry c where ${tests}
    order by ${columnFragment('id', 'c')} limit ${most === null ? sqlFragment`all` : literalNumber(most)}`
}

/** The ids of the first customers who match a filter. It may read all customers. */
export const firstMatchingIds = (asked: Asked, most: number): Statement<string[], 'read'> =>
  new Statement(toTextAndValues(matchingIds(asked, sqlFragment`true`, most)), (rows) =>
    rows.map(({ id }) => String(id)),
  )

/** The customers of a range of ids who match a filter. */
export const matchingIdsInRange = (
  asked: Asked,
  { after, last }: { readonly after: string; readonly last: string },
): Statement<string[], 'read'> => {
  const isBetween = sqlFragment`${columnFragment('id', 'c')} > ${after} and ${columnFragment('id', 'c')} <= ${last}`
  return new Statement(toTextAndValues(matchingIds(asked, isBetween, null)), (rows) =>
    rows.map(({ id }) => String(id)),
  )
}

/** How many customers match a filter, up to 10,000. */
export const matchingCustomerCount = ({ tenant, filter, now }: Asked): Statement<Count, 'read'> =>
  countStatement(filterConditions(tenant, filter, now), 'exact')

type WithFacts = RowOf<typeof findRuleFacts>

/** The first customers who match a filter, with what rules read of them. */
export const factsOfFirstMatches = (
  asked: Asked,
  most: number,
): EmbeddedCall<WithFacts, readonly WithFacts[]> =>
  new EmbeddedCall(
    query.findRuleFacts,
    {
      tenant: asked.tenant,
      ids: sqlFragment`array(${matchingIds(asked, sqlFragment`true`, most)})`,
    },
    (rows) => sqlFragment`select ${rows} as made`,
    (rows) => rows,
  )
