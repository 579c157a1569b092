import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { cbor } from './cbor.ts'

type Part = number | Uint8Array

/** A key pair of an authenticator. */
export type PasskeyKey = {
  /** COSE (RFC 9053). @param algorithm what it says that it is. */
  readonly cose: (algorithm?: number) => Buffer
  readonly sign: (data: Uint8Array) => Buffer
}

const bytes = (text = '') => Buffer.from(text, 'base64url')

const ways = {
  ES256: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x, y } = publicKey.export({ format: 'jwk' })
    const parts: [number, Part][] = [
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]
    return { kind: 2, algorithm: -7, parts, privateKey, hash: 'sha256' }
  },
  EdDSA: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const { x } = publicKey.export({ format: 'jwk' })
    const parts: [number, Part][] = [
      [-1, 6],
      [-2, bytes(x)],
    ]
    return { kind: 1, algorithm: -8, parts, privateKey, hash: null }
  },
  RS256: () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { n, e } = publicKey.export({ format: 'jwk' })
    const parts: [number, Part][] = [
      [-1, bytes(n)],
      [-2, bytes(e)],
    ]
    return { kind: 3, algorithm: -257, parts, privateKey, hash: 'sha256' }
  },
} satisfies Record<string, () => Made>

type Made = {
  readonly kind: number
  readonly algorithm: number
  readonly parts: readonly [number, Part][]
  readonly privateKey: KeyObject
  readonly hash: string | null
}
export type KeyWay = keyof typeof ways

export function makePasskeyKey(way: KeyWay): PasskeyKey {
  const { kind, algorithm, parts, privateKey, hash }: Made = ways[way]()
  return {
    cose: (said = algorithm) => cbor(new Map<number, Part>([[1, kind], [3, said], ...parts])),
    sign: (data) => sign(hash, data, privateKey),
  }
}
