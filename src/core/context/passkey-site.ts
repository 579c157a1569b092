import type { Settings } from './settings.ts'

type Shop = Pick<Settings, 'passkey_rp_id' | 'shopUrl'>

/** The domain that the passkeys of a shop belong to. */
export const rpIdOf = ({ passkey_rp_id, shopUrl }: Shop): string =>
  passkey_rp_id ?? new URL(shopUrl).hostname

/** The origins whose pages may use the passkeys of a shop: those of the shop and of this service, at that domain or below it. */
export function passkeyOrigins(
  shop: Shop & Pick<Settings, 'cors_origins'>,
  publicUrl: string,
): string[] {
  const rpId = rpIdOf(shop)
  const urls = [shop.shopUrl, ...shop.cors_origins, publicUrl].flatMap((text) => {
    const url = URL.parse(text)
    return url === null ? [] : [url]
  })
  const isWithin = ({ hostname }: URL) => hostname === rpId || hostname.endsWith(`.${rpId}`)
  return [...new Set(urls.filter(isWithin).map(({ origin }) => origin))]
}
