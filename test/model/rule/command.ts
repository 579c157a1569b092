import fc from 'fast-check'
import { type Command as Common, command as common } from '../command.ts'
import { GROUPS, rule, type Told } from './filter.ts'

const ORDERS = 8

/** What happens to groups with rules and to whom they hold, besides what happens to every shop. */
type Happenings = {
  /** A rule is given to a group, changed or taken away; an unknown group is made. */
  readonly rule: { readonly group: number; readonly rule: Told | null; readonly isLoyal: boolean }
  readonly dissolve: { readonly group: number }
  readonly buy: {
    readonly order: number
    readonly who: number
    /** How much newer than what was recorded last. */
    readonly newer: number
    readonly total: number
    readonly refunded: number
    readonly currency: 'USD' | 'EUR'
    readonly state: 'paid' | 'canceled'
    /** How long ago it was placed. */
    readonly hours: number
    readonly door: 'http' | 'queue'
  }
  readonly tell: {
    readonly who: number
    readonly tier: string | null
    readonly color: string | null
    readonly locale: string | null
  }
  readonly live: { readonly who: number; readonly country: 'GB' | 'DE' }
  readonly hold: { readonly who: number; readonly group: number; readonly hours: number }
  readonly members: {
    readonly group: number
    readonly add: readonly number[]
    readonly remove: readonly number[]
  }
  readonly wait: { readonly minutes: number }
  readonly cron: object
  readonly lose: object
  /** The next call to the queue fails. */
  readonly clog: object
  /** Nothing goes wrong until all is done; then groups must hold whom they should. */
  readonly rest: object
}
export type Does = keyof Happenings
type Of<D extends Does> = { [N in D]: { readonly does: N } & Happenings[N] }[D]
export type Own<D extends Does = Does> = Of<D>
export type Command = Own | Common

const who = fc.nat(19)
const group = fc.nat(GROUPS - 1)
const is = <T extends string | null>(...names: T[]) => fc.constantFrom(...names)
const some = fc.uniqueArray(who, { maxLength: 4 })

const toGroup = group.chain((n) =>
  fc.record({
    group: fc.constant(n),
    rule: fc.option(rule(n), { freq: 4 }),
    isLoyal: fc.constantFrom(true, true, true, false),
  }),
)

const happenings: { readonly [D in Does]: readonly [weight: number, fc.Arbitrary<Happenings[D]>] } =
  {
    rule: [6, toGroup],
    dissolve: [1, fc.record({ group })],
    buy: [
      14,
      fc.record({
        order: fc.nat(ORDERS - 1),
        who,
        newer: fc.constantFrom(1, 1, 1, 2, 0, -1),
        total: fc.constantFrom(0, 1000, 2500),
        refunded: fc.constantFrom(0, 0, 400),
        currency: is('USD', 'USD', 'EUR'),
        state: is('paid', 'paid', 'canceled'),
        hours: fc.constantFrom(0, 0, 1, 24, 168, 2000, 9600),
        door: is('http', 'http', 'queue'),
      }),
    ],
    tell: [
      4,
      fc.record({
        who,
        tier: is('gold', 'silver', null),
        color: is('red', 'blue', null),
        locale: is('de', 'de-AT', 'en', null),
      }),
    ],
    live: [2, fc.record({ who, country: is('GB', 'DE') })],
    hold: [3, fc.record({ who, group, hours: fc.constantFrom(1, 24, 200, 3000) })],
    members: [3, fc.record({ group, add: some, remove: some })],
    wait: [
      6,
      fc.record({
        minutes: fc.oneof(
          fc.integer({ min: 1, max: 120 }),
          fc.integer({ min: 1, max: 60 }).map((hours) => hours * 60),
          fc.integer({ min: 1, max: 400 }).map((days) => days * 1440),
        ),
      }),
    ],
    cron: [4, fc.constant({})],
    lose: [1, fc.constant({})],
    clog: [1, fc.constant({})],
    rest: [2, fc.constant({})],
  }

const commandTo = (does: Does): fc.Arbitrary<Own> =>
  (happenings[does][1] as fc.Arbitrary<object>).map((says) => ({ does, ...says }) as Own)

const own: fc.Arbitrary<Own> = fc.oneof(
  ...(Object.keys(happenings) as Does[]).map((does) => ({
    weight: happenings[does][0],
    arbitrary: commandTo(does),
  })),
)

/** Of what gets into each other's way when it is done at once. */
const rival: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: common.filter(({ does }) => rivals.has(does)) },
  ...(['rule', 'buy', 'tell', 'hold', 'members', 'cron', 'dissolve'] as const).map((does) => ({
    weight: does === 'rule' || does === 'cron' ? 2 : 1,
    arbitrary: commandTo(does),
  })),
)
const rivals = new Set(['drain', 'merge', 'undo', 'join', 'leave'])

/** Things that are done one after the other, or at the same time. */
type Step = readonly Command[]

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: own.map((one) => [one]) },
  { weight: 2, arbitrary: common.filter(isUseful).map((one) => [one]) },
  { weight: 2, arbitrary: fc.array(rival, { minLength: 2, maxLength: 3 }) },
)

/** The orders of other stories are placed on fixed days, their cron knows no rules, and nobody announces whom they import. */
function isUseful({ does }: Common): boolean {
  return does !== 'order' && does !== 'sweep' && does !== 'import'
}

/** Somebody whom the shop had before. */
const person = fc.record({
  hours: fc.oneof(fc.nat(48), fc.nat(10_000)),
  status: is('guest', 'unverified', 'active', 'active', 'disabled'),
  verified: fc.boolean(),
  domain: is('example.com', 'example.org'),
  tier: is('gold', 'silver', null),
  color: is('red', 'blue', null),
  locale: is('de', 'de-AT', 'en', null),
})
export type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

const rules = fc.tuple(...Array.from({ length: GROUPS }, (_, n) => rule(n)))

/** What happens to one shop with groups that keep themselves, and the seed of what goes wrong meanwhile. */
export const story = fc.record({
  people: fc.array(person, { minLength: 4, maxLength: 14, size: 'max' }),
  rules,
  /** Whether its groups may read what shoppers can change. */
  open: fc.boolean(),
  steps: fc.noBias(fc.array(step, { minLength: 1, maxLength: 16, size: 'max' })),
  mischief: fc.integer(),
})
export type Story = typeof story extends fc.Arbitrary<infer S> ? S : never
