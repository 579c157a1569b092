import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { attemptTable } from '#db/schema'

/**
 * Whether a customer has the password of an attempt. A provider's credential contains a hash of the hash that it was made from.
 * @param customer the table, or an alias of it.
 */
export const hasSamePasswordAsAttempt = ({ passwordHash }: { readonly passwordHash: PgColumn }) =>
  sql`(${passwordHash} = ${attemptTable.passwordHash} or (${passwordHash} like '$hanzo$%'
          and split_part(${passwordHash}, '$', 5) = encode(sha256(convert_to(${attemptTable.passwordHash}, 'UTF8')), 'hex')))`
