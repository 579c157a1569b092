import { vi } from 'vitest'
import type { PasskeyCreation, PasskeyRequest } from '#core/passkey'
import type { Authenticator } from './authenticator.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const buffer = (written: string) => new Uint8Array(Buffer.from(written, 'base64url')).buffer

type Named = { readonly id: Uint8Array }
type Created = {
  readonly publicKey: Omit<PasskeyCreation, 'challenge' | 'user' | 'excludeCredentials'> & {
    readonly challenge: Uint8Array
    readonly user: Omit<PasskeyCreation['user'], 'id'> & Named
    readonly excludeCredentials: readonly (Omit<
      PasskeyCreation['excludeCredentials'][number],
      'id'
    > &
      Named)[]
  }
}
type Asked = {
  readonly publicKey: Omit<PasskeyRequest, 'challenge' | 'allowCredentials'> & {
    readonly challenge: Uint8Array
  }
  readonly mediation?: string
}

/** Makes this process a browser with an authenticator: Web Authentication as a page sees it, with bytes and without JSON. */
export function stubBrowser(authenticator: Authenticator) {
  const asked: Asked[] = []
  const credentials = {
    async create({ publicKey }: Created) {
      const { id, response } = authenticator.create({
        ...publicKey,
        challenge: text(publicKey.challenge),
        user: { ...publicKey.user, id: text(publicKey.user.id) },
        excludeCredentials: publicKey.excludeCredentials.map((one) => ({
          ...one,
          id: text(one.id),
        })),
      })
      const { clientDataJSON, attestationObject, transports } = response
      return {
        id,
        response: {
          clientDataJSON: buffer(clientDataJSON),
          attestationObject: buffer(attestationObject),
          // A method of the browser's knows whose it is.
          transports,
          getTransports() {
            return this.transports
          },
        },
      }
    },
    async get(asking: Asked) {
      asked.push(asking)
      const { publicKey } = asking
      const { id, response } = authenticator.get({
        ...publicKey,
        challenge: text(publicKey.challenge),
        allowCredentials: [],
      })
      const { clientDataJSON, authenticatorData, signature, userHandle } = response
      return {
        id,
        response: {
          clientDataJSON: buffer(clientDataJSON),
          authenticatorData: buffer(authenticatorData),
          signature: buffer(signature),
          userHandle: userHandle ? buffer(userHandle) : null,
        },
      }
    },
  }
  vi.stubGlobal('navigator', { credentials })
  return { asked }
}
