import { z } from 'zod'
import { developmentSecrets, readTenantSettings } from '../wrangler-settings.ts'

/** What the example needs of the settings. */
export type Demo = {
  /** Where the settings say that the shop is. */
  readonly shopUrl: string
  /** The client of the page. A public one has no secret. */
  readonly page: { readonly id: string; readonly secret: string | undefined }
  /** The client of the shop's server; undefined if the settings have none. */
  readonly server: { readonly id: string; readonly secret: string } | undefined
}

const Tenant = z.looseObject({
  shopUrl: z.string(),
  clients: z.record(z.string(), z.unknown()).default({}),
})

/** The shop `demo` with its client `storefront`; undefined in a configuration that has others. */
export function readDemo(configFile: string): Demo | undefined {
  const [, settings] = readTenantSettings(configFile).find(([tenant]) => tenant === 'demo') ?? []
  const { data } = Tenant.safeParse(settings)
  if (data?.clients.storefront === undefined) return undefined
  const { storefront, dev } = developmentSecrets(configFile).demo ?? {}
  return {
    shopUrl: new URL(data.shopUrl).origin,
    page: { id: 'storefront', secret: storefront?.[0] },
    server: dev?.[0] === undefined ? undefined : { id: 'dev', secret: dev[0] },
  }
}
