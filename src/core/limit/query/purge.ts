import { lt } from 'drizzle-orm'
import { quotaTable } from '#db/schema'
import { purgeOf } from '#query/context'

export const purgeQuotas = purgeOf('purge_quotas', quotaTable, (before) =>
  lt(quotaTable.lastAt, before),
)
