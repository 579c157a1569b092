import { and, asc, eq, isNotNull, or, sql } from 'drizzle-orm'
import { db, insertFrom } from '#db/builder'
import { momentText } from '#db/document'
import { kind } from '#db/kind'
import { eventTable, failureTable, quotaTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { announceEvent, appending, dataOf } from '#query/outbox'

/** The counts whose bound was reached: of failed tries, and of mails. */
const counts = {
  tries: {
    table: failureTable,
    since: failureTable.lastAt,
    clientId: kind.orNull(kind.text)(sql`${failureTable.clientId}`),
    isIt: or(isNotNull(failureTable.clientId), eq(failureTable.alarm, 'wrong_codes_of_tenant')),
  },
  mails: {
    table: quotaTable,
    since: quotaTable.since,
    clientId: kind.orNull(kind.text)(sql`null`),
    isIt: sql`true`,
  },
}

/** Appends `limit.reached` for one count. Answers with whether there is another. */
const appendLimit = (
  name: string,
  { table, since, clientId, isIt }: (typeof counts)['tries' | 'mails'],
) =>
  useCase(name, appending, (p) => {
    const isUntold = and(eq(table.tenant, p.tenant), eq(table.isUntold, true), isIt)
    const first = db
      .select({ key: table.key })
      .from(table)
      .where(isUntold)
      .orderBy(asc(table.key))
      .limit(1)
      .for('update')
    const told = db.$with('told').as(
      db
        .update(table)
        .set({ isUntold: false })
        .where(and(eq(table.tenant, p.tenant), sql`${table.key} = (${first})`))
        .returning({
          limit: kind.text(sql`${table.alarm}`).as('reached_limit'),
          since: kind.text(sql`${momentText(since)}`).as('reached_since'),
          clientId: clientId.as('reached_client'),
        }),
    )
    const data = dataOf({
      limit: sql`${told.limit}`,
      since: sql`${told.since}`,
      clientId: sql`${told.clientId}`,
    })
    const appended = db.$with('appended').as(
      insertFrom(
        eventTable,
        {
          tenant: p.tenant,
          id: p.event,
          type: 'limit.reached',
          data: kind.jsonb<Record<string, unknown>>()(sql`jsonb_strip_nulls(${data})`),
          actor: p.actor,
          requestId: p.request,
          at: p.now,
        },
        sql`from ${told}`,
      ).returning({ id: eventTable.id }),
    )
    return [
      announceEvent(p, sql`from ${appended}`, [told, appended]),
      db
        .select({
          more: kind.flag(
            sql`exists (${db.select({ key: table.key }).from(table).where(isUntold)})`,
          ),
        })
        .from(sql`(select) asked`),
    ]
  })

export const appendLimitOfTries = appendLimit('append_limit_of_tries', counts.tries)
export const appendLimitOfMails = appendLimit('append_limit_of_mails', counts.mails)
