import type { Send } from './request.ts'

export type Client = {
  /** An access token of a client, in place of its id and secret. */
  readonly token?: string | undefined
  /** The id of a client of the shop. */
  readonly clientId?: string | undefined
  /** The secret of that client. Only the secret of a storefront client may be in a page. */
  readonly clientSecret?: string | undefined
  /** The scopes to ask for, with blanks between them; default: all scopes of the client. */
  readonly scope?: string | undefined
}

export type ClientToken = {
  /** Null for a client without credentials. Concurrent calls share one request. */
  readonly get: () => Promise<string | null>
  /** Forgets a token that was refused; answers whether there can be another. */
  readonly renew: (refused: string | null) => Promise<boolean>
}

/** The client's own access token. */
export function makeClientToken(
  { token, clientId, clientSecret, scope }: Client,
  send: () => Send,
): ClientToken {
  // A public client has no secret, and no token of its own.
  const isConfidential = clientId !== undefined && clientSecret !== undefined
  let own: Promise<string | null> | null = null

  async function grant(): Promise<string | null> {
    if (!isConfidential) return token ?? null
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret ?? '',
      ...(scope === undefined ? {} : { scope }),
    })
    const { access_token } = await send()<{ access_token: string }>({
      method: 'POST',
      path: '/oauth/token',
      body: form,
      as: 'nobody',
      harmless: true,
    })
    return access_token
  }

  return {
    async get() {
      own ??= grant()
      try {
        return await own
      } catch (error) {
        own = null
        throw error
      }
    },
    async renew(refused) {
      if (own && refused === (await own)) own = null
      return isConfidential
    },
  }
}
