import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { db, insertFrom } from '#db/builder'
import { jsonbOf, momentText } from '#db/document'
import { kind } from '#db/kind'
import { customerTable, eventTable, failureTable, quotaTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { announceEvent, appendEvent, appending, next } from '#query/outbox'

type Appending = ValuesOf<typeof appending>

const untold = (p: Appending) =>
  and(eq(failureTable.tenant, p.tenant), eq(failureTable.isUntold, true))

const ofAccount = eq(failureTable.alarm, 'failed_logins_of_account')

/** The accounts of which an event is to say that they are locked: those that still are. */
const isLocked = (p: Appending) =>
  and(
    untold(p),
    ofAccount,
    isNotNull(failureTable.customerId),
    gt(failureTable.blockedUntil, p.now),
  )

const nextLocked = (p: Appending) =>
  db
    .select({
      key: failureTable.key,
      id: failureTable.customerId,
      until: failureTable.blockedUntil,
    })
    .from(failureTable)
    .where(isLocked(p))
    .orderBy(asc(failureTable.key))
    .limit(1)
    .as('locked')

/** Appends `customer.locked` for one account. Answers with whether there may be another. */
export const tellLocked = useCase('tell_locked', appending, (p) => {
  const locked = nextLocked(p)
  const id = sql<string>`(${db.select({ id: locked.id }).from(locked)})`
  const until = sql<string>`(${db.select({ until: locked.until }).from(locked)})`
  return [
    // Another run of cron waits here, and finds them told.
    db
      .select({ key: failureTable.key })
      .from(failureTable)
      .where(untold(p))
      .orderBy(asc(failureTable.key))
      .for('update'),
    db
      .update(failureTable)
      .set({ isUntold: false })
      .where(
        and(
          untold(p),
          ofAccount,
          or(isNull(failureTable.customerId), lte(failureTable.blockedUntil, p.now)),
        ),
      ),
    appendEvent(
      p,
      db
        .update(customerTable)
        .set({ sequence: next.sequence })
        .where(and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, id)))
        .returning(),
      () => ({
        type: 'customer.locked',
        data: { until: momentText(until) },
      }),
    ),
    db
      .update(failureTable)
      .set({ isUntold: false })
      .where(
        and(
          eq(failureTable.tenant, p.tenant),
          sql`${failureTable.key} = (${db.select({ key: locked.key }).from(locked)})`,
        ),
      ),
    db
      .select({
        more: kind.flag(
          sql`exists (${db.select({ key: failureTable.key }).from(failureTable).where(isLocked(p))})`,
        ),
      })
      .from(sql`(select) asked`),
  ]
})

/** The count of a client, or of mails, whose bound was reached. */
const counts = {
  client: {
    table: failureTable,
    since: failureTable.lastAt,
    clientId: kind.orNull(kind.text)(sql`${failureTable.clientId}`),
    isIt: isNotNull(failureTable.clientId),
  },
  mails: {
    table: quotaTable,
    since: quotaTable.since,
    clientId: kind.orNull(kind.text)(sql`null`),
    isIt: sql`true`,
  },
}

/** Appends `limit.reached` for one count. Answers with whether there is another. */
const tellLimit = (
  name: string,
  { table, since, clientId, isIt }: (typeof counts)['client' | 'mails'],
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
    const data = jsonbOf({
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

export const tellLimitOfClient = tellLimit('tell_limit_of_client', counts.client)
export const tellLimitOfMails = tellLimit('tell_limit_of_mails', counts.mails)
