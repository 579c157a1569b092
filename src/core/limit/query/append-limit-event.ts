import { and, asc, eq, isNotNull, or, sql } from 'drizzle-orm'
import { momentText } from '#db/document'
import { eventTable, failureTable, quotaTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { appendEventParams, enqueueAnnounceJob, eventDataOf } from '#query/outbox'

/** The counts whose bound was reached: of failed tries, and of mails. */
const counts = {
  tries: {
    table: failureTable,
    since: failureTable.lastAt,
    clientId: sqlType.orNull(sqlType.text)(sql`${failureTable.clientId}`),
    isIt: or(isNotNull(failureTable.clientId), eq(failureTable.alarm, 'wrong_codes_of_tenant')),
  },
  mails: {
    table: quotaTable,
    since: quotaTable.since,
    clientId: sqlType.orNull(sqlType.text)(sql`null`),
    isIt: sql`true`,
  },
}

/** Appends `limit.reached` for one count. Answers with whether there is another. */
const appendLimit = (
  name: string,
  { table, since, clientId, isIt }: (typeof counts)['tries' | 'mails'],
) =>
  useCase(name, appendEventParams, (p) => {
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
          limit: sqlType.text(sql`${table.alarm}`).as('reached_limit'),
          since: sqlType.text(sql`${momentText(since)}`).as('reached_since'),
          clientId: clientId.as('reached_client'),
        }),
    )
    const data = eventDataOf({
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
          data: sqlType.jsonb<Record<string, unknown>>()(sql`jsonb_strip_nulls(${data})`),
          actor: p.actor,
          requestId: p.request,
          at: p.now,
        },
        sql`from ${told}`,
      ).returning({ id: eventTable.id }),
    )
    return [
      enqueueAnnounceJob(p, sql`from ${appended}`, [told, appended]),
      db
        .select({
          more: sqlType.flag(
            sql`exists (${db.select({ key: table.key }).from(table).where(isUntold)})`,
          ),
        })
        .from(sql`(select) asked`),
    ]
  })

export const appendTryLimitEvent = appendLimit('append_try_limit_event', counts.tries)
export const appendMailLimitEvent = appendLimit('append_mail_limit_event', counts.mails)
