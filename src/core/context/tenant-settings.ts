import * as z from 'zod'
import { lengthAtLeast } from '#kernel/length'
import { ClientSettings } from './client-settings.ts'
import { ProviderSettings } from './provider-settings.ts'
import { brandColor, currencyCode, hostName, imageUrl, oneLine, siteUrl } from './setting-kind.ts'
import { Settings } from './settings.ts'

type Shape = typeof Settings.shape
type Overrides = { [K in keyof Shape]: z.ZodOptional<ReturnType<Shape[K]['unwrap']>> }

/** The settings without defaults: the deployment gives the settings that a tenant does not name. */
const overrides = Object.fromEntries(
  Object.entries(Settings.shape).map(([key, schema]) => [key, schema.unwrap().optional()]),
) as Overrides

/** One store: its settings, its name and its clients. */
export const Tenant = z.strictObject({
  ...overrides,
  shopName: oneLine(100),
  shopUrl: siteUrl,
  /** The sender of mails; default: no-reply at the shop's host. */
  mailFrom: z.email().optional(),
  /** The domain that passkeys belong to (WebAuthn's RP ID); default: the shop's host. Another domain voids all existing passkeys. */
  passkey_rp_id: hostName.optional(),
  /** The logo and the colour of the login page. */
  logoUrl: imageUrl.optional(),
  color: brandColor.optional(),
  currency: currencyCode,
  /** With `identity = "hanzo"`: this service's application there, and the services that may call with its tokens. */
  hanzo: z
    .strictObject({
      /** The claim `owner` of the tenant's people. */
      organization: z.string().check(lengthAtLeast(1)),
      clientId: z.string().check(lengthAtLeast(1)),
      application: z.string().check(lengthAtLeast(1)).optional(),
      services: z
        .record(
          z.string(),
          z.strictObject({
            subject: z.string().check(lengthAtLeast(1)),
            scopes: z.array(z.string()),
          }),
        )
        .default({}),
    })
    .optional(),
  /** The providers of OpenID Connect at which shoppers may log in, by their names. */
  providers: ProviderSettings.default({}),
  clients: z.record(z.string(), ClientSettings).default({}),
})

/** The settings of each store: its own, and for the others the deployment's. */
export const settingsByTenant = (
  customer: z.output<typeof Settings>,
  tenants: Readonly<Record<string, z.output<typeof Tenant>>>,
): Map<string, Settings> =>
  new Map(
    Object.entries(tenants).map(([key, { clients: _, hanzo: __, providers: ___, ...tenant }]) => {
      const named = Object.entries(tenant).filter(([, value]) => value !== undefined)
      return [key, { ...customer, ...Object.fromEntries(named) } as Settings]
    }),
  )
