import { and, eq, exists, gt } from 'drizzle-orm'
import { failureTable } from '#db/schema'
import { db } from '#db/statement-builders'

type Handle = { readonly tenant: string; readonly handleKey: string; readonly now: string }

/** Whether a handle has no try left. Then none of its codes is valid, and a new code would not be either. */
export const isHandleOutOfTries = (p: Handle) =>
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
