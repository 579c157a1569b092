import type { Context, Keyring } from '#core/context'
import type { failureAlarmNames } from '#db/schema'
import { networksOf, placeOfAddress } from '#kernel/ip-place'

/**
 * How failures are counted under one key.
 * delay: `free` failures cost nothing, then the wait doubles with each, up to a quarter of an hour. One failure is forgiven every `seconds`,
 * and all after a day.
 * window: `free` failures in `seconds`; then the key waits until these are over.
 * far: a window over all places. It does not apply to a place that the owner has opened by a reset; there, earlier delays of the account end, too. At other places nothing changes, so a stranger cannot notice the reset.
 * alarm: a window that holds back nobody.
 */
export type FailureCounter = {
  readonly key: string
  readonly rule: 'delay' | 'window' | 'far' | 'alarm'
  readonly free: number
  readonly seconds: number
  /** The count belongs to the account and is deleted with it. */
  readonly isAccounts: boolean
  /** A right password ends it. */
  readonly isForgiven: boolean
  readonly alarm: (typeof failureAlarmNames)[number] | null
  /** The client that the alarm names. */
  readonly client: string | null
}

const HOUR = 3600
const DAY = 24 * HOUR
export const failureCounterDefaults = {
  isAccounts: false,
  isForgiven: false,
  alarm: null,
  client: null,
}

const FREE_OF_PLACE = 20
export const MAX_FAILURES_OVER_ALL_PLACES = 100
const ALARM_OF_CLIENT = 1000
const ALARM_OF_SECRETS = 100

/** The counts whose remaining tries answers show. */
export const failureCounterRules = {
  tries: { rule: 'delay', free: 5, seconds: DAY },
  device: { rule: 'window', free: 10, seconds: HOUR },
  secrets: { rule: 'window', free: 20, seconds: 60 },
  codes: { rule: 'window', free: 5, seconds: DAY },
} as const satisfies Readonly<Record<string, Pick<FailureCounter, 'rule' | 'free' | 'seconds'>>>

/** An account as a keyed hash. @param account see `tryOfAccount`. */
export const accountKeyedHash = (keyring: Keyring, account: string): string =>
  keyring.mac('address', `account ${account}`)

/** The place of the caller as a keyed hash; null: it has none. */
export const callerPlaceHash = ({ caller, keyring }: Context): string | null =>
  caller === null || caller.place === null ? null : placeHash(keyring, caller.place)

/** The place of an address as a keyed hash. */
export const placeHash = (keyring: Keyring, address: string): string =>
  markOfNetwork(keyring, placeOfAddress(address))

const markOfNetwork = (keyring: Keyring, network: string): string =>
  keyring.mac('address', `caller ${network}`)

/**
 * The counts of a try. A stranger only uses up the counts of their own place. All places share the account's high count, which bounds what many places can guess together.
 * @param account the key of the account, whether it exists or not.
 */
export function failureCountersOfAccount(ctx: Context, account: string): readonly FailureCounter[] {
  const { caller, actor, keyring } = ctx
  const keyOf = (text: string) => keyring.mac('address', text)
  const place = caller?.place ?? null
  const near = place === null ? [] : networksOf(place)
  const [own] = near
  return [
    ...(own === undefined
      ? []
      : [
          {
            ...failureCounterDefaults,
            ...failureCounterRules.tries,
            key: keyOf(`account ${account} ${own.network}`),
            isAccounts: true,
            isForgiven: true,
          },
        ]),
    ...failureCountersOfPlace(ctx),
    {
      ...failureCounterDefaults,
      key: accountKeyedHash(keyring, account),
      rule: 'far',
      free: MAX_FAILURES_OVER_ALL_PLACES,
      seconds: HOUR,
      isAccounts: true,
      alarm: 'failed_logins_of_account',
    },
    ...(actor.type === 'service'
      ? [
          {
            ...failureCounterDefaults,
            key: keyOf(`failures of client ${actor.id}`),
            rule: 'alarm' as const,
            free: ALARM_OF_CLIENT,
            seconds: HOUR,
            alarm: 'failed_logins_of_client' as const,
            client: actor.id,
          },
        ]
      : []),
  ]
}

/** The counts of a place alone, over all accounts. */
export const failureCountersOfPlace = ({ caller, keyring }: Context): readonly FailureCounter[] => {
  const place = caller?.place ?? null
  const near = place === null ? [] : networksOf(place)
  return near.map(({ network, size }) => ({
    ...failureCounterDefaults,
    key: markOfNetwork(keyring, network),
    rule: 'delay',
    free: FREE_OF_PLACE * size,
    seconds: 60 / size,
  }))
}

/** The counts of a try from a device that has logged in before: nobody else's failures count there. */
export const failureCountersOfDevice = (
  { keyring }: Context,
  device: string,
): readonly FailureCounter[] => [
  {
    ...failureCounterDefaults,
    ...failureCounterRules.device,
    key: keyring.mac('address', `device ${device}`),
    isAccounts: true,
    isForgiven: true,
  },
]

/** The first part of the key under which a place is stored as opened by an owner. The account's id is not in it. Null: the caller has no place. */
export const openedPlaceKeyPrefix = ({ caller, keyring }: Context): string | null => {
  const place = caller?.place ?? null
  return place === null ? null : keyring.mac('address', `opened ${networksOf(place)[0]?.network}`)
}

/**
 * The counts of a wrong secret of a client: twenty a minute from one place. A count of the client alone would let a stranger shut out the
 * shop, so it only raises an alarm.
 */
export const failureCountersOfClientSecret = (
  { mac }: Context['keyring'],
  client: string,
  address: string | null,
): readonly FailureCounter[] => [
  ...(address === null ? [] : networksOf(address)).map(({ network, size }) => ({
    ...failureCounterDefaults,
    ...failureCounterRules.secrets,
    key: mac('address', `client ${client} ${network}`),
    free: failureCounterRules.secrets.free * size,
  })),
  {
    ...failureCounterDefaults,
    key: mac('address', `secrets of client ${client}`),
    rule: 'alarm',
    free: ALARM_OF_SECRETS,
    seconds: HOUR,
    alarm: 'wrong_secrets_of_client',
    client,
  },
]
