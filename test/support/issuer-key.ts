import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

type Pair = Awaited<ReturnType<typeof generateKeyPair>>
type Held = { readonly kid: string; readonly alg: string; readonly pair: Pair; readonly jwk: JWK }

const pairs: Promise<Pair>[] = []

/** The same ones for every stand-in of this process, for finding two large primes takes a while. */
function pairAt(at: number): Promise<Pair> {
  const pair = pairs[at] ?? generateKeyPair('RS256', { extractable: true })
  pairs[at] = pair
  return pair
}

async function holdKey(kid: string, alg: string, made: Pair | Promise<Pair>): Promise<Held> {
  const pair = await made
  return { kid, alg, pair, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' } }
}

/** The stand-in's signing keys: the newest signs, all that are published verify. */
export async function makeIssuerKeys() {
  let count = 1
  let used = 0
  const makeKey = (kid: string, alg: string): Promise<Held> =>
    holdKey(
      kid,
      alg,
      alg === 'RS256' ? pairAt(used++) : generateKeyPair(alg, { extractable: true }),
    )
  const first = await makeKey('cert-1', 'RS256')
  const held = [first]
  return {
    jwks: () => ({ keys: held.map(({ jwk }) => jwk) }),
    /** Another key signs from now on; the old one is withdrawn when it says so. */
    async rotate({ alg = 'RS256', withdraw = false } = {}) {
      if (withdraw) held.length = 0
      held.unshift(await makeKey(`cert-${++count}`, alg))
    },
    sign(payload: object, { header = {}, key = held[0] ?? first } = {}) {
      const { alg, kid, pair } = key
      return new SignJWT(payload as JWTPayload)
        .setProtectedHeader({ alg, kid, typ: 'JWT', ...header })
        .sign(pair.privateKey)
    },
    /** A key that nobody published. */
    stranger: (kid = 'cert-1', alg = 'RS256') => makeKey(kid, alg),
  }
}
