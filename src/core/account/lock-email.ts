import { sql } from 'drizzle-orm'
import { type Context, guard } from '#core/context'
import type { Guard } from '#db/statement'

/** Waits for whoever is registering, proving or freeing the same e-mail address. */
export const lockEmail = (ctx: Context, key: string): Guard =>
  guard(sql`lock_email(${ctx.tenant}, ${key})`)
