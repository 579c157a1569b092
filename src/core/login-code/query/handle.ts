import { and, eq, exists, gt } from 'drizzle-orm'
import { db } from '#db/builder'
import { failureTable } from '#db/schema'

type Handle = { readonly tenant: string; readonly handleKey: string; readonly now: string }

/** Whether a handle has no try left: none of its codes is good any more, and neither would be another one. */
export const isSpentHandle = (p: Handle) =>
  exists(
    db
      .select({ key: failureTable.key })
      .from(failureTable)
      .where(
        and(
          eq(failureTable.tenant, p.tenant),
          eq(failureTable.key, p.handleKey),
          gt(failureTable.blockedUntil, p.now),
        ),
      ),
  )
