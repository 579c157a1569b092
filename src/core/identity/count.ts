import type { Context, Keyring } from '#core/context'
import type { alarms } from '#db/schema'
import { networksOf, placeOf } from '#kernel/place'

/**
 * How failures are counted under one key.
 * delay: `free` failures cost nothing, then the wait doubles with each, up to a quarter of an hour. One failure is forgiven every `seconds`,
 * and all after a day.
 * window: `free` failures in `seconds`; then the key waits until these are over.
 * far: a window that does not hold back a place which the owner of the account has opened by a reset. There, a delay of the account from
 * before the reset is over as well; at other places all is as it was, or a reset would tell strangers of itself.
 * alarm: a window that holds back nobody.
 */
export type Count = {
  readonly key: string
  readonly rule: 'delay' | 'window' | 'far' | 'alarm'
  readonly free: number
  readonly seconds: number
  /** It is the account's, and goes with it. */
  readonly isAccounts: boolean
  /** A right password ends it. */
  readonly isForgiven: boolean
  readonly alarm: (typeof alarms)[number] | null
  /** The client that the alarm names. */
  readonly client: string | null
}

const HOUR = 3600
const DAY = 24 * HOUR
export const usualCount = { isAccounts: false, isForgiven: false, alarm: null, client: null }

const FREE_OF_PLACE = 20
export const FAR_OF_ACCOUNT = 100
const ALARM_OF_CLIENT = 1000
const ALARM_OF_SECRETS = 100

/** The counts of which answers tell. */
export const countRules = {
  tries: { rule: 'delay', free: 5, seconds: DAY },
  device: { rule: 'window', free: 10, seconds: HOUR },
  secrets: { rule: 'window', free: 20, seconds: 60 },
  codes: { rule: 'window', free: 5, seconds: DAY },
} as const satisfies Readonly<Record<string, Pick<Count, 'rule' | 'free' | 'seconds'>>>

/** An account as a keyed hash. @param account see `tryOf`. */
export const markOfAccount = (keyring: Keyring, account: string): string =>
  keyring.mac('address', `account ${account}`)

/** The place of the caller as a keyed hash; null: it has none. */
export const markOfCaller = ({ caller, keyring }: Context): string | null =>
  caller === null || caller.place === null ? null : markOfPlace(keyring, caller.place)

/** The place of an address as a keyed hash. */
export const markOfPlace = (keyring: Keyring, address: string): string =>
  markOfNetwork(keyring, placeOf(address))

const markOfNetwork = (keyring: Keyring, network: string): string =>
  keyring.mac('address', `caller ${network}`)

/**
 * The counts of a try. A stranger uses up the counts of the stranger's own places. All places share the account's count, which is high: it bounds what many
 * places together can guess.
 * @param account the key of the account, whether it exists or not.
 */
export function countsOf(ctx: Context, account: string): readonly Count[] {
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
            ...usualCount,
            ...countRules.tries,
            key: keyOf(`account ${account} ${own.network}`),
            isAccounts: true,
            isForgiven: true,
          },
        ]),
    ...placeCounts(ctx),
    {
      ...usualCount,
      key: markOfAccount(keyring, account),
      rule: 'far',
      free: FAR_OF_ACCOUNT,
      seconds: HOUR,
      isAccounts: true,
      alarm: 'failed_logins_of_account',
    },
    ...(actor.type === 'service'
      ? [
          {
            ...usualCount,
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
export const placeCounts = ({ caller, keyring }: Context): readonly Count[] => {
  const place = caller?.place ?? null
  const near = place === null ? [] : networksOf(place)
  return near.map(({ network, size }) => ({
    ...usualCount,
    key: markOfNetwork(keyring, network),
    rule: 'delay',
    free: FREE_OF_PLACE * size,
    seconds: 60 / size,
  }))
}

/** The counts of a try from a device that has logged in before: nobody else's failures count there. */
export const countsOfDevice = ({ keyring }: Context, device: string): readonly Count[] => [
  {
    ...usualCount,
    ...countRules.device,
    key: keyring.mac('address', `device ${device}`),
    isAccounts: true,
    isForgiven: true,
  },
]

/** The key that says that an owner has opened a place, without the account's id. Null: the caller has no place. */
export const openedKey = ({ caller, keyring }: Context): string | null => {
  const place = caller?.place ?? null
  return place === null ? null : keyring.mac('address', `opened ${networksOf(place)[0]?.network}`)
}

/**
 * The counts of a wrong secret of a client: twenty a minute from one place. A count of the client alone would let a stranger shut out the
 * shop, so it only raises an alarm.
 */
export const countsOfSecret = (
  { mac }: Context['keyring'],
  client: string,
  address: string | null,
): readonly Count[] => [
  ...(address === null ? [] : networksOf(address)).map(({ network, size }) => ({
    ...usualCount,
    ...countRules.secrets,
    key: mac('address', `client ${client} ${network}`),
    free: countRules.secrets.free * size,
  })),
  {
    ...usualCount,
    key: mac('address', `secrets of client ${client}`),
    rule: 'alarm',
    free: ALARM_OF_SECRETS,
    seconds: HOUR,
    alarm: 'wrong_secrets_of_client',
    client,
  },
]
