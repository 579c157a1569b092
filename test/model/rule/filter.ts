import fc from 'fast-check'

export const GROUPS = 6

/** A moment of a rule: back from now, or so many hours after the beginning of the story. */
type Moment = string | number

/** A rule as a story says it: groups by their numbers, fixed moments by their distance. */
export type Told = {
  readonly minOrders?: number
  readonly maxOrders?: number
  readonly hasOrders?: boolean
  readonly minSpent?: number
  readonly maxSpent?: number
  readonly createdAfter?: Moment
  readonly createdBefore?: Moment
  readonly lastOrderAfter?: Moment
  readonly lastOrderBefore?: Moment
  readonly status?: readonly string[]
  readonly emailVerified?: boolean
  readonly emailDomain?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly group?: readonly number[]
  readonly groupNot?: readonly number[]
  readonly groupMode?: 'any' | 'all'
  readonly country?: string
  readonly city?: string
  readonly street?: string
  readonly postalCode?: string
  readonly company?: string
  readonly locale?: string
}

const moment: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('-1h', '-36h', '-1d', '-7d', '-2w', '-90d', '-400d') },
  { weight: 1, arbitrary: fc.integer({ min: -9000, max: 900 }) },
)
const few = fc.constantFrom(0, 1, 1, 2, 3)
const amount = fc.constantFrom(0, 1000, 2500, 5000)

/** Groups with smaller numbers, so that most rules make no cycle; now and then any. */
const groupsBefore = (n: number) =>
  fc.uniqueArray(
    fc.oneof(
      { weight: 9, arbitrary: fc.nat(Math.max(0, n - 1)) },
      { weight: 1, arbitrary: fc.nat(GROUPS - 1) },
    ),
    { minLength: 1, maxLength: 2 },
  )

/** Its kinds of filters, each as often as it says. */
const kindsOf = (n: number): readonly [weight: number, fc.Arbitrary<Told>][] => [
  [3, fc.record({ minOrders: few })],
  [2, fc.record({ maxOrders: few })],
  [1, fc.record({ hasOrders: fc.boolean() })],
  [2, fc.record({ minSpent: amount })],
  [1, fc.record({ maxSpent: amount })],
  [2, fc.record({ createdAfter: moment })],
  [2, fc.record({ createdBefore: moment })],
  [3, fc.record({ lastOrderAfter: moment })],
  [3, fc.record({ lastOrderBefore: moment })],
  [
    1,
    fc.record({
      status: fc.uniqueArray(fc.constantFrom('guest', 'unverified', 'active', 'disabled'), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
  ],
  [1, fc.record({ emailVerified: fc.boolean() })],
  [1, fc.record({ emailDomain: fc.constantFrom('example.com', 'example.org') })],
  [2, fc.record({ metadata: fc.record({ tier: fc.constantFrom('gold', 'silver') }) })],
  [
    n === 0 ? 1 : 5,
    fc.record(
      { group: groupsBefore(n), groupMode: fc.constantFrom('any', 'all') },
      { requiredKeys: ['group'] },
    ),
  ],
  [n === 0 ? 1 : 3, fc.record({ groupNot: groupsBefore(n) })],
  [1, fc.record({ country: fc.constantFrom('GB', 'DE') })],
  [1, fc.record({ city: fc.constantFrom('ELY', 'ber') })],
  [1, fc.record({ street: fc.constantFrom('own', 'HAUPTSTR 1') })],
  [1, fc.record({ postalCode: fc.constantFrom('CB7', 'd-10115') })],
  [1, fc.record({ company: fc.constantFrom('acme', 'gmbh') })],
  [1, fc.record({ locale: fc.constantFrom('de', 'de-AT', 'en') })],
  [1, fc.record({ metadata: fc.record({ color: fc.constantFrom('red', 'blue') }) })],
]

/** A rule of a group. */
export const rule = (n: number): fc.Arbitrary<Told> =>
  fc
    .array(fc.oneof(...kindsOf(n).map(([weight, arbitrary]) => ({ weight, arbitrary }))), {
      minLength: 1,
      maxLength: 3,
    })
    .map((filters) => Object.assign({}, ...filters))

const shoppers = ['country', 'city', 'street', 'postalCode', 'company', 'locale'] as const

/** A rule without what shoppers can change; it may become empty, and is refused then. */
export function trusted({ metadata, ...told }: Told): Told {
  const tier = metadata?.tier
  const others = Object.fromEntries(
    Object.entries(told).filter(([name]) => !shoppers.some((one) => one === name)),
  )
  return { ...others, ...(tier === undefined ? {} : { metadata: { tier } }) }
}

export const keyOf = (n: number): string => `g${n}`

const HOUR = 3_600_000

/** What is sent. @param begin when the story began. */
export function written(told: Told, begin: number): Record<string, unknown> {
  const entries = Object.entries(told).map(([name, value]) => {
    if (/^group(Not)?$/.test(name)) return [name, (value as number[]).map(keyOf)]
    if (/(After|Before)$/.test(name) && typeof value === 'number') {
      return [name, new Date(begin + value * HOUR).toISOString()]
    }
    return [name, value]
  })
  return Object.fromEntries(entries)
}
