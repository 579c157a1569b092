import { createHash, randomBytes } from 'node:crypto'
import type {
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRequest,
  RegisterPasskey,
} from '#core/passkey'
import { cbor } from './cbor.ts'
import { type KeyWay, makePasskeyKey, type PasskeyKey } from './passkey-key.ts'

type Passkey = {
  readonly id: string
  readonly rpId: string
  readonly userHandle: string
  readonly key: PasskeyKey
  counter: number
}

/** What an authenticator or a browser may do otherwise than it should. */
export type Faults = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  readonly userPresent?: boolean
  readonly userVerified?: boolean
  readonly counter?: number
  readonly userHandle?: string | null
  /** Of a login: signs with a key that is not the passkey's. */
  readonly foreignKey?: boolean
  /** Of a registration: the algorithm that the key is said to have. */
  readonly algorithm?: number
  /** Of a registration: the name in the answer is not that of the key. */
  readonly id?: string
  /** Of a registration: a name that another passkey has. */
  readonly credentialId?: string
  /** Of a registration: what the maker of the authenticator says, and its format. */
  readonly attestation?: { readonly fmt: string; readonly statement: ReadonlyMap<string, string> }
}

type Options = {
  /** The page; default: that of the test's shop. */
  readonly origin?: string
  /** Whether it counts its uses; many do not. */
  readonly counts?: boolean
  /** The algorithm of its keys. */
  readonly way?: KeyWay
  /** Whether its passkeys are synchronised. */
  readonly isSynchronised?: boolean
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** An authenticator in software, with the browser and the page that ask it: real keys, real signatures. */
export function makeAuthenticator({
  origin = 'https://shop.example',
  counts = false,
  way = 'ES256',
  isSynchronised = true,
}: Options = {}) {
  const passkeys: Passkey[] = []

  const clientData = (type: string, challenge: string, faults: Faults) =>
    Buffer.from(
      JSON.stringify({
        type: faults.type ?? type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? origin,
        crossOrigin: faults.crossOrigin ?? false,
        ...(faults.topOrigin === undefined ? {} : { topOrigin: faults.topOrigin }),
      }),
    )

  /** WebAuthn, 6.1. */
  function authenticatorData(passkey: Passkey, faults: Faults, attested = Buffer.alloc(0)): Buffer {
    const { userPresent = true, userVerified = true } = faults
    const flags =
      (userPresent ? 1 : 0) |
      (userVerified ? 4 : 0) |
      (isSynchronised ? 8 | 16 : 0) |
      (attested.length > 0 ? 64 : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(faults.counter ?? passkey.counter)
    return Buffer.concat([
      sha256(faults.rpId ?? passkey.rpId),
      Buffer.from([flags]),
      counter,
      attested,
    ])
  }

  return {
    passkeys,

    /** `navigator.credentials.create`. Throws for an authenticator that has a passkey which the options exclude. */
    create(options: PasskeyCreation, faults: Faults = {}): RegisterPasskey {
      if (options.excludeCredentials.some(({ id }) => passkeys.some((own) => own.id === id))) {
        throw new DOMException('it has one already', 'InvalidStateError')
      }
      const id =
        faults.credentialId === undefined
          ? randomBytes(16)
          : Buffer.from(faults.credentialId, 'base64url')
      const passkey: Passkey = {
        id: text(id),
        rpId: options.rp.id,
        userHandle: options.user.id,
        key: makePasskeyKey(way),
        counter: counts ? 1 : 0,
      }
      passkeys.push(passkey)
      const length = Buffer.from([0, id.length])
      const attested = Buffer.concat([
        Buffer.alloc(16),
        length,
        id,
        passkey.key.cose(faults.algorithm),
      ])
      const { fmt, statement } = faults.attestation ?? { fmt: 'none', statement: new Map() }
      const attestationObject = cbor(
        new Map<string, string | Uint8Array | ReadonlyMap<string, string>>([
          ['fmt', fmt],
          ['attStmt', statement],
          ['authData', authenticatorData(passkey, faults, attested)],
        ]),
      )
      const said = faults.id ?? passkey.id
      return {
        ...{ id: said, rawId: said, type: 'public-key' },
        response: {
          clientDataJSON: text(clientData('webauthn.create', options.challenge, faults)),
          attestationObject: text(attestationObject),
          transports: ['internal', 'hybrid'],
        },
      }
    },

    /** `navigator.credentials.get` with the newest passkey of the domain. */
    get(options: PasskeyRequest, faults: Faults = {}): PasskeyAssertion {
      const passkey = passkeys.findLast(({ rpId }) => rpId === options.rpId)
      if (passkey === undefined) throw new DOMException('it has none', 'NotAllowedError')
      if (counts) passkey.counter += 1
      const data = authenticatorData(passkey, faults)
      const client = clientData('webauthn.get', options.challenge, faults)
      const key = faults.foreignKey ? makePasskeyKey(way) : passkey.key
      const signature = key.sign(Buffer.concat([data, sha256(client)]))
      return {
        ...{ id: passkey.id, rawId: passkey.id, type: 'public-key' },
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(data),
          signature: text(signature),
          userHandle: faults.userHandle === undefined ? passkey.userHandle : faults.userHandle,
        },
      }
    },
  }
}
export type Authenticator = ReturnType<typeof makeAuthenticator>
