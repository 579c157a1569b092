import { lt } from 'drizzle-orm'
import { sessionTable } from '#db/schema'
import { purgeUseCase } from '#query/context'

export const purgeSessions = purgeUseCase('purge_sessions', sessionTable, (before) =>
  lt(sessionTable.expiresAt, before),
)
