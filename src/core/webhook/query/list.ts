import { and, desc, eq, lt, ne, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { webhookTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { countUpTo, keyset } from '#query/page'
import { webhookSelection } from './selection.ts'

/** The webhooks of a tenant, the newest first. */
export const listWebhooks = useCase(
  'list_webhooks',
  { tenant: webhookTable.tenant, ...keyset },
  (p) => {
    const isListed = and(eq(webhookTable.tenant, p.tenant), ne(webhookTable.status, 'deleted'))
    const { counted, total } = countUpTo(p.most, webhookTable, isListed)
    const page = db
      .select()
      .from(webhookTable)
      .where(and(isListed, lt(webhookTable.id, p.after)))
      .orderBy(desc(webhookTable.id))
      .limit(p.limit)
      .as('page')
    return [
      db
        .select({ total, item: webhookSelection(page) })
        .from(counted)
        .leftJoin(page, sql`true`)
        .orderBy(desc(page.id)),
    ]
  },
)
