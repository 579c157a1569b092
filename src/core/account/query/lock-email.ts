import { sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { call } from '#db/generated/call'

/** Waits for others who are registering, proving or freeing the same e-mail address. */
export const lockEmail = ({ tenant, emailKey }: { tenant: string; emailKey: string }) =>
  db.select({ locked: call.lockEmail({ tenant, emailKey }) }).from(sql`(select) asked`)
