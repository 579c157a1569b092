import { passkeyOrigins, type Settings } from '#core/context'

/** The stores whose passkeys belong to a domain where none of their pages is. */
export const passkeyFaults = (stores: ReadonlyMap<string, Settings>, publicUrl: string): string[] =>
  [...stores].flatMap(([tenant, store]) =>
    store.passkey_rp_id === undefined || passkeyOrigins(store, publicUrl).length > 0
      ? []
      : [
          `tenants.${tenant}.passkey_rp_id: must be the host of shopUrl, cors_origins or PUBLIC_URL, or a domain above it`,
        ],
  )
