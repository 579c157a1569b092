import { z } from 'zod'

const groups = { create_groups_on_assign: z.boolean().default(true) }

/** The settings of a store. Every key has a default; an unknown key is refused, so that a misspelt one is not ignored. */
export const Settings = z.strictObject({
  require_email_verification: z.boolean().default(true),
  allow_guest_checkout: z.boolean().default(true),
  password_min_length: z.int().min(8).max(64).default(8),
  max_addresses: z.int().min(1).max(100).default(10),
  auto_merge_guest: z.boolean().default(true),
  ...groups,
  /** Days. */
  event_retention_days: z.int().min(1).max(3650).default(400),
  /** Origins that browsers may call from; '*' for all. */
  cors_origins: z.array(z.string()).default([]),
})

export const Tenant = z.strictObject({
  ...Settings.partial().shape,
  shopName: z.string().min(1).max(100),
  shopUrl: z.url(),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  clients: z.record(z.string(), z.strictObject({ scopes: z.array(z.string()) })).default({}),
})

export type Settings = z.output<typeof Settings> & {
  readonly shopName: string
  readonly shopUrl: string
  readonly currency: string
}
