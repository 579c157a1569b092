import { accessByRoute, nounAndKeyOfEachRoute } from '../src/http/access.ts'
import { rateLimitPolicyHeader, tellsRemaining } from '../src/http/rate-limit-header.ts'
import type { LimitName } from '../src/kernel/limit-name.ts'

const meanings: Readonly<Record<LimitName, string>> = {
  place: 'logins from a place, and its other requests that cost a password hash or a mail',
  session:
    'uses of the refresh tokens of one session, and of invented refresh tokens, from a place',
  client: 'tokens for a storefront from a place, and unknown clients',
  secrets: 'wrong secrets of a client from a place',
  tries: 'wrong passwords, codes and passkeys at an account from a place',
  device: 'wrong passwords from a device that has logged in before',
  codes: 'wrong codes of one request for a code',
  hashes: 'password hashes of a place that wait in the queue of an isolate',
  made: 'guests, registrations and revocations of a place',
}

const isLimit = (name: string): name is LimitName => Object.hasOwn(meanings, name)

/** Each limit with what its header says, and the routes that tell it. */
export const limitRows = (): string[][] =>
  Object.keys(meanings)
    .filter(isLimit)
    .map((name) => {
      const rest = tellsRemaining(name)
        ? 'every answer to a request that was counted, and 429'
        : '429'
      return [`\`${rateLimitPolicyHeader([name])}\``, meanings[name], rest, routesOf(name)]
    })

const routesOf = (name: LimitName): string =>
  nounAndKeyOfEachRoute
    .filter(([, key]) => accessByRoute[key].limited?.includes(name))
    .map(([, key]) => `\`${key}\``)
    .join(', ')
