import { lt } from 'drizzle-orm'
import { sessionTable } from '#db/schema'
import { purgeOf } from '#query/context'

export const purgeSessions = purgeOf('purge_sessions', sessionTable, (before) =>
  lt(sessionTable.expiresAt, before),
)
