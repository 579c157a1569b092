import type { TestApp } from '../support/app.ts'

export type Random = () => number
export const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('an empty list')
  return found
}

/** Sends a request of the storefront from a place. */
export const asFrom =
  (app: TestApp) => async (place: string, path: string, body: unknown, token?: string) =>
    app.call('POST', path, {
      token: token ?? (await app.storefrontToken()),
      body,
      headers: { 'CF-Connecting-IP': place },
    })

/** A stranger's places: many IPv4 addresses, and IPv6 networks of one owner. The first shares the places of the owners of accounts. */
export function placesOf(count: number): readonly string[] {
  const v4 = Array.from({ length: count }, (_, n) => `198.19.${n >> 8}.${n & 255}`)
  const v6 = Array.from({ length: count }, (_, n) => `2001:db8:${n % 7}:${n.toString(16)}::${n}`)
  return [...v4, ...v6]
}

type Victims = {
  readonly known: readonly string[]
  readonly unknown: readonly string[]
  /** The one on whom all is turned for an hour. */
  readonly target: () => string | null
}

/** What a stranger tries, one request each. */
export function attacksOn(app: TestApp, random: Random, { known, unknown, target }: Victims) {
  const post = asFrom(app)
  const anyone = () => target() ?? pick(random, random() < 0.7 ? known : unknown)
  const guess = () => `a guess of a stranger ${Math.floor(random() * 50)}`
  let tags = 0
  const attacks: Readonly<Record<string, (place: string) => Promise<unknown>>> = {
    login: (place) => post(place, '/auth/login', { email: anyone(), password: guess() }),
    'login with a made-up device': (place) =>
      post(place, '/auth/login', {
        email: anyone(),
        password: guess(),
        deviceToken: `dt_${guess().replaceAll(' ', '')}`,
      }),
    forgot: (place) => post(place, '/auth/password/forgot', { email: anyone() }),
    resend: (place) => post(place, '/auth/verify-email/resend', { email: anyone() }),
    register: (place) =>
      post(place, '/customer', {
        email: anyone(),
        password: guess(),
        firstName: 'visit evil.example',
      }),
    'register a plus address': (place) =>
      post(place, '/customer', {
        email: anyone().replace('@', `+${++tags}@`),
        password: guess(),
      }),
    'guest checkout': (place) =>
      post(place, '/customer/guest', { email: `g${++tags}@evil.example` }),
    'guest checkout of a known address': (place) =>
      post(place, '/customer/guest', { email: anyone() }),
    'a reset with a made-up link': (place) =>
      post(place, '/auth/password/reset', { token: 'mt_x.y.z', password: guess() }),
    'a wrong client secret': (place) =>
      app.request('/oauth/token', {
        method: 'POST',
        headers: { 'CF-Connecting-IP': place },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: `${app.tenant}-service`,
          client_secret: guess(),
        }),
      }),
    'a made-up refresh token': (place) =>
      post(place, '/auth/refresh', { refreshToken: `rt_${tags}` }),
  }
  return attacks
}
