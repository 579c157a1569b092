import * as z from 'zod'
import type { RowOf } from '#db/use-case'
import type { CustomerFilter } from './filter.ts'
import { hoursBack, resolveMoment } from './filter-moment.ts'
import type { findRuleFacts } from './query/find-rule-facts.ts'

/** What rules read of a customer. */
export type RuleFacts = RowOf<typeof findRuleFacts>['facts']

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])

const Reason = z
  .strictObject({
    asked: Value.meta({ description: 'What the rule asks' }),
    is: Value.nullable().meta({ description: 'The value of the customer; null: there is none' }),
    since: z.iso
      .datetime()
      .optional()
      .meta({ description: 'The moment that a relative time means now' }),
  })
  .meta({ id: 'Reason' })
type Reason = z.output<typeof Reason>

export const Why = z.record(z.string(), Reason).meta({
  id: 'Why',
  description:
    'Why a rule holds a customer: for each filter of the present rule what it asks, and the present value of the customer. For moments after a change, the value need not fit any more. Absent where no rule holds the customer, for shoppers, and without `customer:read`',
  examples: [{ minOrders: { asked: 5, is: 7 } }],
})
export type Why = z.output<typeof Why>

const inAny = (asked: readonly string[] | undefined, { groupKeys }: RuleFacts): string[] =>
  groupKeys.filter((key) => asked?.includes(key))

const domainOf = ({ emailVerified, emailKey }: RuleFacts): string | null =>
  emailVerified ? emailKey.slice(emailKey.lastIndexOf('@') + 1) : null

/** What the addresses have, each value once; null: nothing. */
function inPlaces(
  { places }: RuleFacts,
  of: (place: RuleFacts['places'][number]) => string | null,
) {
  const values = [...new Set(places.flatMap((place) => of(place) ?? []))]
  return values.length === 0 ? null : values
}

/** The value that each filter reads. Filters that no rule may have are left out. */
const values: Readonly<Record<string, (facts: RuleFacts, filter: CustomerFilter) => Reason['is']>> =
  {
    group: (facts, { group }) => inAny(group, facts),
    groupNot: (facts, { groupNot }) => inAny(groupNot, facts),
    status: ({ status }) => status,
    emailVerified: ({ emailVerified }) => emailVerified,
    emailDomain: domainOf,
    locale: ({ locale }) => locale,
    consent: ({ consents }, { consent = '' }) => {
      const purpose = consent.slice(0, consent.indexOf(':'))
      const state = consents[purpose]
      return state === undefined ? null : `${purpose}:${state}`
    },
    country: (facts) => inPlaces(facts, ({ country }) => country),
    city: (facts) => inPlaces(facts, ({ city }) => city),
    postalCode: (facts) => inPlaces(facts, ({ postalCode }) => postalCode),
    street: (facts) =>
      inPlaces(facts, ({ line1, line2 }) => [line1, line2].filter(Boolean).join(', ')),
    company: (facts) => inPlaces(facts, ({ company }) => company),
    minOrders: ({ orderCount }) => orderCount,
    maxOrders: ({ orderCount }) => orderCount,
    hasOrders: ({ orderCount }) => orderCount > 0,
    minSpent: ({ totalSpent }) => totalSpent,
    maxSpent: ({ totalSpent }) => totalSpent,
    createdAfter: ({ createdAt }) => createdAt,
    createdBefore: ({ createdAt }) => createdAt,
    lastOrderAfter: ({ lastOrderAt }) => lastOrderAt,
    lastOrderBefore: ({ lastOrderAt }) => lastOrderAt,
  }

/** Why a rule holds a customer, or why not: each filter, with what it asks and the value of the customer. */
export function ruleReasonsOf(filter: CustomerFilter, facts: RuleFacts, now: Date): Why {
  const { metadata = {}, ...others } = filter
  const entries = Object.entries(others).flatMap(([name, asked]) => {
    const read = Object.hasOwn(values, name) ? values[name] : undefined
    if (read === undefined) return []
    const isRelative = typeof asked === 'string' && hoursBack(asked) !== null
    const since = isRelative ? { since: resolveMoment(asked, now).toISOString() } : {}
    return [[name, { asked, is: read(facts, filter), ...since }] as const]
  })
  const keys = Object.entries(metadata).map(
    ([key, asked]) => [`metadata.${key}`, { asked, is: facts.metadata[key] ?? null }] as const,
  )
  return Object.fromEntries([...entries, ...keys])
}
