import * as z from 'zod'

/** The algorithms by which a client may sign: each is asymmetric. */
export const clientAlgorithms = ['ES256', 'EdDSA', 'PS256', 'RS256'] as const
type Algorithm = (typeof clientAlgorithms)[number]

/** 32 bytes. */
const coordinate = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')
/** At least 2048 bits. */
const modulus = z.string().regex(/^[\w-]{342,1400}$/, 'must be 2048 bits or more in base64url')
const exponent = z.string().regex(/^[\w-]{1,12}$/, 'must be base64url')

/** The members that every key may have (RFC 7517, 4). Others are ignored. */
const common = {
  kid: z.string().exactOptional(),
  use: z.literal('sig', 'must be `sig`').exactOptional(),
  key_ops: z
    .array(z.string())
    .refine((all) => all.includes('verify'), 'must have `verify`')
    .exactOptional(),
}

const algorithm = <A extends Algorithm>(...all: [A, ...A[]]) =>
  z.enum(all, `must be ${all.join(' or ')}`).exactOptional()

const Key = z.discriminatedUnion(
  'kty',
  [
    z.object({
      ...common,
      kty: z.literal('EC'),
      crv: z.literal('P-256', 'must be `P-256`'),
      x: coordinate,
      y: coordinate,
      alg: algorithm('ES256'),
    }),
    z.object({
      ...common,
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519', 'must be `Ed25519`'),
      x: coordinate,
      alg: algorithm('EdDSA'),
    }),
    z.object({
      ...common,
      kty: z.literal('RSA'),
      n: modulus,
      e: exponent,
      alg: algorithm('PS256', 'RS256'),
    }),
  ],
  'must be `EC`, `OKP` or `RSA`',
)

/** The members of private and of shared keys (RFC 7518, 6). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** A public key (RFC 7517, RFC 7518, RFC 8037). */
export const PublicKey = z
  .looseObject({})
  .refine(
    (key) => !secretMembers.some((name) => Object.hasOwn(key, name)),
    'must be a public key; this one has private members, so make a new pair',
  )
  .pipe(Key)
export type PublicKey = z.output<typeof PublicKey>

/** The algorithms by which a key may have signed. */
export function algorithmsOf({ kty, alg }: PublicKey): Algorithm[] {
  if (alg !== undefined) return [alg]
  if (kty === 'EC') return ['ES256']
  return kty === 'OKP' ? ['EdDSA'] : ['PS256', 'RS256']
}

/** The members that make the key (RFC 7638). It is the same key under another name. */
export function canonicalKeyText(key: PublicKey): string {
  if (key.kty === 'RSA') return JSON.stringify({ e: key.e, kty: key.kty, n: key.n })
  const { crv, kty, x } = key
  return JSON.stringify(key.kty === 'EC' ? { crv, kty, x, y: key.y } : { crv, kty, x })
}
