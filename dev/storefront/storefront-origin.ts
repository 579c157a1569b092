import { z } from 'zod'

/** Where `wrangler.toml` says that the example storefront is. */
export const USUAL_STOREFRONT_PORT = 3000
export const USUAL_STOREFRONT_ORIGIN = `http://localhost:${USUAL_STOREFRONT_PORT}`

const strings = z.array(z.string())
const Tenants = z.looseObject({
  demo: z.looseObject({
    shopUrl: z.string(),
    cors_origins: strings.optional(),
    clients: z.looseObject({
      storefront: z.looseObject({ redirect_uris: strings.optional() }),
    }),
  }),
})

/**
 * The settings of the tenants, with the example storefront at its real origin: mails and logins lead there. It is the shop of the tenant `demo`,
 * with its client `storefront`. A value that differs from the default was set by hand and stays.
 */
export function withStorefrontOrigin(tenants: unknown, origin: string): unknown {
  const { data } = Tenants.safeParse(tenants)
  if (data === undefined || origin === USUAL_STOREFRONT_ORIGIN) return tenants
  const { demo } = data
  const { storefront } = demo.clients
  const move = (url: string) =>
    originOf(url) === USUAL_STOREFRONT_ORIGIN
      ? origin + url.slice(USUAL_STOREFRONT_ORIGIN.length)
      : url
  const moveAll = (urls: readonly string[]) => [...new Set(urls.map(move))]
  const { cors_origins: origins, shopUrl } = demo
  const { redirect_uris: places } = storefront
  return {
    ...data,
    demo: {
      ...demo,
      shopUrl: move(shopUrl),
      ...(origins && { cors_origins: moveAll(origins) }),
      clients: {
        ...demo.clients,
        storefront: { ...storefront, ...(places && { redirect_uris: moveAll(places) }) },
      },
    },
  }
}

/** Where the links of mails lead: the shops of the tenants, the example at its real origin. */
export function mailLinkOrigins(
  shopUrls: readonly (readonly [tenant: string, shopUrl: string])[],
  origin: string | undefined,
): readonly string[] {
  const places = shopUrls.map(([tenant, shopUrl]) => {
    const place = originOf(shopUrl) ?? shopUrl
    return tenant === 'demo' && place === USUAL_STOREFRONT_ORIGIN ? (origin ?? place) : place
  })
  return [...new Set(places)]
}

const originOf = (url: string): string | undefined => URL.parse(url)?.origin
