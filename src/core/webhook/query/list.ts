import { and, desc, eq, lt, ne } from 'drizzle-orm'
import { webhookTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { countUpTo, keysetParams } from '#query/page'
import { webhookSelection } from './selection.ts'

/** The webhooks of a tenant, newest first. */
export const listWebhooks = useCase(
  'list_webhooks',
  { tenant: webhookTable.tenant, ...keysetParams },
  (p) => {
    return [
      db
        .select({ item: webhookSelection(webhookTable) })
        .from(webhookTable)
        .where(and(isListed(p), lt(webhookTable.id, p.after)))
        .orderBy(desc(webhookTable.id))
        .limit(p.limit),
    ]
  },
)

export const countWebhooks = useCase(
  'count_webhooks',
  { tenant: webhookTable.tenant, most: sqlType.int },
  (p) => [countUpTo(p.most, webhookTable, isListed(p))],
)

const isListed = ({ tenant }: { readonly tenant: string }) =>
  and(eq(webhookTable.tenant, tenant), ne(webhookTable.status, 'deleted'))
