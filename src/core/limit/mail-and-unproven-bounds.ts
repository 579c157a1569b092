import type { Context } from '#core/context'
import type { MailTokenPurpose } from '#db/schema'
import { networksOf } from '#kernel/ip-place'
import type { QuotaBound } from './query/quota.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A bound as it is counted, and its name for those who run the service. */
type Rule = Omit<QuotaBound, 'key' | 'isDevices'>

/** The bounds of mails that strangers can cause. `docs/operations.md` has the table, with the reasons. */
export const mailBoundRules = {
  device: { name: 'device', most: 5, seconds: DAY, apart: MINUTE, holds: 'while_linked' },
  address: { name: 'address', most: 5, seconds: DAY, apart: MINUTE, holds: 'while_linked' },
  far: { name: 'far address', most: 30, seconds: DAY, apart: 0, holds: 'while_linked' },
  base: { name: 'base address', most: 10, seconds: DAY, apart: 0, holds: 'unproven' },
  farBase: {
    name: 'far base address',
    most: 30,
    seconds: HOUR,
    apart: 0,
    holds: 'unproven',
  },
  sender: { name: 'sender', most: 20, seconds: DAY, apart: 0, holds: 'unproven' },
  place: { name: 'place', most: 60, seconds: HOUR, apart: 0, holds: 'always' },
} as const satisfies Readonly<Record<string, Omit<Rule, 'alarm'>>>

/**
 * The bounds of mails with the code of a login, per address. Such a code works only for the person who asked for it. So a valid code in the inbox does not hold back the next mail. A used code resets these bounds.
 */
export const codeMailBoundRules = {
  device: { name: 'device', most: 10, seconds: DAY, apart: 30, holds: 'always' },
  address: { name: 'address', most: 10, seconds: DAY, apart: 30, holds: 'always' },
  far: { name: 'far address', most: 100, seconds: DAY, apart: 0, holds: 'always' },
} as const satisfies Readonly<Record<string, Omit<Rule, 'alarm'>>>

/** The bound of what one place makes without a proof: guests, registrations, and revocations. */
export const unprovenCreationBoundRule = {
  name: 'made',
  most: 100,
  seconds: HOUR,
  apart: 0,
  holds: 'always',
} as const satisfies Omit<Rule, 'alarm'>

/** The mailbox that an address leads to: most providers drop what follows a plus sign, and Gmail also dots. */
function baseOf(emailKey: string): string {
  const at = emailKey.lastIndexOf('@')
  const [box = ''] = emailKey.slice(0, at).split('+')
  const domain = emailKey.slice(at + 1)
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com'
  return isGmail ? `${box.replaceAll('.', '')}@gmail.com` : `${box || emailKey}@${domain}`
}

/**
 * The bounds of mails of one purpose to one address: from the caller's place, and from all places. A known device has its own bound instead. Using the mail's code or link resets them.
 * @param device the name of a device that has logged in to the account of the address; null: there is none.
 */
export function mailBoundsOfAddress(
  ctx: Context,
  purpose: MailTokenPurpose,
  emailKey: string,
  device: string | null,
): readonly QuotaBound[] {
  const keyed = keyedBy(ctx)
  const rules = purpose === 'login_code' ? codeMailBoundRules : mailBoundRules
  const [near] = networksOfCaller(ctx)
  return [
    ...(near === undefined ? [] : [keyed(rules.address, `${purpose} ${emailKey} ${near.network}`)]),
    keyed(rules.far, `${purpose} ${emailKey}`),
    ...(device === null
      ? []
      : [{ ...keyed(rules.device, `${purpose} ${emailKey} device ${device}`), isDevices: true }]),
  ]
}

/**
 * The bounds of a mail that a caller without a proof asks for.
 * @param purpose each has its own bounds per address.
 * @param emailKey the key of the address. It is stored as a keyed hash, for it need not be a customer's.
 * @param device the name of a device that has logged in to the account of the address: it shares no bound with strangers.
 */
export function mailBounds(
  ctx: Context,
  purpose: MailTokenPurpose,
  emailKey: string,
  device: string | null,
): readonly QuotaBound[] {
  const { actor, settings } = ctx
  const keyed = keyedBy(ctx)
  const places = networksOfCaller(ctx)
  const domain = emailKey.slice(emailKey.lastIndexOf('@') + 1)
  return [
    ...mailBoundsOfAddress(ctx, purpose, emailKey, device),
    ...places
      .slice(0, 1)
      .map(({ network }) => keyed(mailBoundRules.base, `base ${baseOf(emailKey)} ${network}`)),
    keyed(mailBoundRules.farBase, `base ${baseOf(emailKey)}`),
    ...places.map(({ network, size }) =>
      keyed(
        { ...mailBoundRules.place, most: mailBoundRules.place.most * size },
        `place ${network}`,
      ),
    ),
    ...(actor.type === 'shopper' ? [keyed(mailBoundRules.sender, `sender ${actor.id}`)] : []),
    {
      ...keyed(
        { ...hourly, name: 'domain', most: settings.max_mails_per_domain },
        `domain ${domain}`,
      ),
      alarm: 'mails_to_domain' as const,
    },
    {
      ...keyed({ ...hourly, name: 'tenant', most: settings.max_mails_per_hour }, 'tenant'),
      alarm: 'mails_of_tenant' as const,
    },
  ]
}
const hourly = { seconds: HOUR, apart: 0, holds: 'unproven' } as const

/** The bounds of a guest or a registration that a caller makes without a proof. */
export const unprovenMadeBounds = (ctx: Context): readonly QuotaBound[] =>
  networksOfCaller(ctx).map(({ network, size }) =>
    keyedBy(ctx)(
      { ...unprovenCreationBoundRule, most: unprovenCreationBoundRule.most * size },
      `made ${network}`,
    ),
  )

const networksOfCaller = ({ caller }: Context) => {
  const place = caller?.place ?? null
  return place === null ? [] : networksOf(place)
}

const keyedBy =
  ({ keyring }: Context) =>
  (rule: Omit<Rule, 'alarm'>, key: string): QuotaBound => ({
    ...rule,
    alarm: null,
    isDevices: false,
    key: keyring.mac('address', `quota ${key}`),
  })
