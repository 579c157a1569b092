import { lt } from 'drizzle-orm'
import { quotaTable } from '#db/schema'
import { purgeUseCase } from '#query/context'

export const purgeQuotas = purgeUseCase('purge_quotas', quotaTable, (before) =>
  lt(quotaTable.lastAt, before),
)
