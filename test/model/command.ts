import fc from 'fast-check'

export const EMAILS = 3
const ORDERS = 5

/** What each thing that happens to a shop says. Numbers choose among what there is by then. */
type Happenings = {
  readonly guest: { readonly email: number; readonly door: Door; readonly says: Says }
  readonly account: { readonly email: number; readonly says: Says }
  readonly import: {
    readonly email: number
    readonly active: boolean
    readonly verified: boolean
    readonly claimed: boolean
  }
  readonly signUp: { readonly email: number }
  readonly verify: { readonly email: number; readonly how: 'right' | 'wrong' | 'link' }
  readonly reset: { readonly email: number }
  readonly move: { readonly who: number; readonly email: number }
  readonly return: { readonly email: number }
  readonly order: { readonly order: Order; readonly door: 'http' | 'queue' }
  readonly merge: {
    readonly into: number
    readonly from: number
    readonly how: 'plain' | 'planned' | 'stale' | 'twice'
  }
  readonly undo: { readonly merge: number; readonly twice: boolean }
  readonly remove: { readonly who: number }
  readonly disable: { readonly email: number }
  readonly enable: { readonly email: number }
  readonly rename: { readonly who: number; readonly says: Says }
  readonly address: { readonly who: number; readonly line: number }
  readonly join: { readonly who: number; readonly group: number }
  readonly leave: { readonly who: number; readonly group: number }
  readonly drain: object
  readonly sweep: object
}
export type Does = keyof Happenings
export type Command<D extends Does = Does> = { [N in D]: { readonly does: N } & Happenings[N] }[D]

/** Things that are done one after the other, or at the same time. */
export type Step = readonly Command[]

type Door = 'service' | 'storefront'

/** Few words, so that two often say the same. */
export type Says = {
  readonly firstName?: 'Ann' | 'Bo'
  readonly lastName?: 'Lee'
  readonly phone?: '+14155551234'
  readonly locale?: 'de-AT' | 'de'
  readonly metadata?: Readonly<Record<string, string>>
  readonly line?: number
}

export type Order = {
  readonly order: number
  readonly who: number
  /** How much newer than what was recorded last. */
  readonly newer: number
  readonly total: number
  readonly refunded: number
  readonly currency: 'USD' | 'EUR'
  readonly state: 'paid' | 'canceled'
  readonly day: number
}

export const lines = ['1 Own St', '1 own st.', '2 Guest St', '3 Long Rd', '4 Short Rd'] as const

const email = fc.nat(EMAILS - 1)
const who = fc.nat(7)
const line = fc.nat(lines.length - 1)
const is = <D extends string>(...names: D[]) => fc.constantFrom(...names)
const metadata = fc.dictionary(is('a', 'b'), is('1', '2'), { maxKeys: 2 })
const says: fc.Arbitrary<Says> = fc.record(
  {
    firstName: is('Ann', 'Bo'),
    lastName: is('Lee'),
    phone: is('+14155551234'),
    locale: is('de-AT', 'de'),
    metadata,
    line,
  },
  { requiredKeys: [] },
)
const order: fc.Arbitrary<Order> = fc.record({
  order: fc.nat(ORDERS - 1),
  who,
  newer: fc.constantFrom(1, 1, 1, 2, 0, -1),
  total: fc.constantFrom(0, 1000, 2500),
  refunded: fc.constantFrom(0, 0, 400),
  currency: is('USD', 'USD', 'EUR'),
  state: is('paid', 'paid', 'canceled'),
  day: fc.integer({ min: 1, max: 9 }),
})

const happenings: { readonly [D in Does]: readonly [weight: number, fc.Arbitrary<Happenings[D]>] } =
  {
    guest: [6, fc.record({ email, door: is('service', 'storefront'), says })],
    account: [4, fc.record({ email, says })],
    import: [
      2,
      fc.record({
        email,
        active: fc.constantFrom(true, true, false),
        verified: fc.boolean(),
        claimed: fc.boolean(),
      }),
    ],
    signUp: [3, fc.record({ email })],
    verify: [5, fc.record({ email, how: is('right', 'right', 'wrong', 'link') })],
    reset: [2, fc.record({ email })],
    move: [1, fc.record({ who, email })],
    return: [1, fc.record({ email })],
    order: [12, fc.record({ order, door: is('http', 'http', 'queue') })],
    merge: [7, fc.record({ into: who, from: who, how: is('plain', 'planned', 'stale', 'twice') })],
    undo: [6, fc.record({ merge: fc.nat(4), twice: fc.boolean() })],
    remove: [1, fc.record({ who })],
    disable: [2, fc.record({ email })],
    enable: [1, fc.record({ email })],
    rename: [3, fc.record({ who, says })],
    address: [4, fc.record({ who, line })],
    join: [3, fc.record({ who, group: fc.nat(2) })],
    leave: [1, fc.record({ who, group: fc.nat(2) })],
    drain: [4, fc.constant({})],
    sweep: [2, fc.constant({})],
  }

const commandTo = (does: Does): fc.Arbitrary<Command> =>
  (happenings[does][1] as fc.Arbitrary<object>).map((says) => ({ does, ...says }) as Command)

export const command: fc.Arbitrary<Command> = fc.oneof(
  ...(Object.keys(happenings) as Does[]).map((does) => ({
    weight: happenings[does][0],
    arbitrary: commandTo(does),
  })),
)

/** Of what gets into each other's way when it is done at once. */
const rival: fc.Arbitrary<Command> = fc.oneof(
  ...(
    ['order', 'merge', 'merge', 'undo', 'rename', 'address', 'drain', 'verify', 'disable'] as const
  ).map(commandTo),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: command.map((one) => [one]) },
  { weight: 1, arbitrary: fc.array(rival, { minLength: 2, maxLength: 3 }) },
)

/** What happens to one small shop, and the seed of what goes wrong meanwhile. */
export const story = fc.record({
  steps: fc.noBias(fc.array(step, { minLength: 1, maxLength: 20, size: 'max' })),
  mischief: fc.integer(),
})
