import { and, type Column, eq, getTableName, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { db, perform, pick } from '#db/builder'
import { jsonOf } from '#db/document'
import { kind } from '#db/kind'
import { type Holding, holdings } from '#db/personal'
import {
  consentTable,
  customerTable,
  deliveryTable,
  eventTable,
  idempotencyTable,
  mergeTable,
  webhookTable,
} from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { lockTogether } from '#query/customer'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { hostOf } from '#query/webhook'
import { dataWithout } from './event-data.ts'
import { familyOf } from './family.ts'
import { isMention } from './forget-letter.ts'
import { provenAddresses, provenKeys } from './known-address.ts'
import { hasLent, lentBy, sideWithout, withoutPairs } from './lent.ts'
import { isOneOf } from './owner.ts'
import { refuseNobody } from './refuse.ts'

const params = {
  ...appending,
  ...pick(customerTable, 'id'),
  reason: kind.orNull(kind.text),
  /** Whether an event tells of it: the first page does. */
  isFirst: kind.flag,
  offset: kind.int,
  limit: kind.int,
}
type Params = ValuesOf<typeof params>

type Row = Readonly<Record<string, unknown>>

/**
 * What is held about a customer and all whom an erasure would take along: the rows of each table that the map exports, without credentials,
 * and the hosts of the webhooks that were told. The first page appends the event. Refuses `customer_not_found`, `customer_merged`.
 */
export const exportCustomer = useCase('export_customer', params, (p) => [
  perform(lockTogether(p.tenant, sql`array[${p.id}]`)),
  refuseNobody(p),
  appendEvent(p, raiseSequence(p, sql`${p.isFirst}`), () => ({
    type: 'customer.exported',
    optional: { reason: sql`${p.reason}` },
  })),
  db
    .select({
      sections: kind.json<Readonly<Record<string, readonly Row[]>>>()(
        jsonOf(
          Object.fromEntries(
            holdings.flatMap(({ holding, table, columns }) =>
              holding.exported === null
                ? []
                : [[holding.exported, sectionOf(p, holding, table, columns)]],
            ),
          ),
        ),
      ),
      recipients: recipientsOf(p),
    })
    .from(askedFor(p)),
])

/** Those whom an erasure would take along, found once: the limit keeps PostgreSQL from writing the query out at each use. */
const askedFor = (p: Params) =>
  db
    .select({ ids: sql`array(${familyOf(p)})`.as('ids') })
    .from(sql`(select) one`)
    .limit(1)
    .as('asked')

const idsOf = (p: Params) => sql`${askedFor(p).ids}`

/** The rows of a table about the customer, a page of them, in the order of its primary key. */
function sectionOf(
  p: Params,
  holding: Holding,
  table: PgTable,
  columns: Readonly<Record<string, Column>>,
) {
  const shown = Object.entries(columns).filter(
    ([name]) => !isHidden(table, name) && wordOf(holding, name) !== 'credential',
  )
  const own = replaced(p)[getTableName(table)] ?? {}
  const document = jsonOf(
    Object.fromEntries(shown.map(([name, column]) => [name, own[name] ?? column])),
  )
  const [key] = getTableConfig(table).primaryKeys
  const rows = sql`select ${document} as document from ${table}
    where ${columns.tenant} = ${p.tenant} and (${isTheirs(p, holding, columns)})
    order by ${sql.join(key?.columns ?? [], sql`, `)} offset ${p.offset} limit ${p.limit}`
  return sql`(select coalesce(json_agg(document), '[]') from (${rows}) page)`
}

/** The shop, and numbers that count for all shops: they say nothing about a customer. */
const isHidden = (table: PgTable, name: string): boolean =>
  name === 'tenant' || ((table === eventTable || table === consentTable) && name === 'place')

const wordOf = ({ columns }: Holding, name: string): string =>
  Object.entries(columns).find(([column]) => column === name)?.[1] ?? 'none'

/** Columns whose rows also hold data of others: only the customer's own part of them is shown. */
const replaced = (p: Params): Readonly<Record<string, Readonly<Record<string, SQL>>>> => {
  const ids = idsOf(p)
  const m = mergeTable
  const isMerged = isOneOf(m.mergedId, ids)
  const lent = lentBy(p.tenant, and(isOneOf(m.survivorId, ids), sql`not ${isMerged}`))
  const side = (name: string, is: SQL) =>
    sql`case when ${is} then ${sideWithout(sql`${m.before} -> ${sql.raw(`'${name}'`)}`, lent)} end`
  const ifMerged = (shown: SQL) => sql`case when ${isMerged} then ${shown} end`
  const ifOwn = (at: Column, text: Column) =>
    sql`case when not (${lent.isWithin(at)} and ${hasLent(text, lent)}) then ${text} end`
  return {
    event: {
      data: sql`case when ${lent.isWithin(eventTable.at)} then ${dataWithout(eventTable, lent)} else ${eventTable.data} end`,
    },
    delivery: {
      responseBody: ifOwn(deliveryTable.createdAt, deliveryTable.responseBody),
    },
    idempotency: {
      answer: ifOwn(idempotencyTable.createdAt, idempotencyTable.answer),
    },
    merge: {
      before: jsonOf({
        survivor: side('survivor', isOneOf(m.survivorId, ids)),
        merged: side('merged', isMerged),
      }),
      profile: ifMerged(withoutPairs(m.profile, lent.profiles)),
      metadata: ifMerged(withoutPairs(m.metadata, lent.metadata)),
      conflicts: ifMerged(sql`${m.conflicts}`),
    },
  }
}

/** Whether a row is about the customer, by what the map says. */
function isTheirs(p: Params, { owner }: Holding, columns: Readonly<Record<string, Column>>): SQL {
  const of = (ids: SQL) =>
    sql.join(
      owner.columns.map((name) => isOneOf(columns[name], ids)),
      sql` or `,
    )
  const people = { tenant: p.tenant, ids: idsOf(p) }
  if (owner.by === 'customer') {
    const { email } = owner
    return email === undefined
      ? of(idsOf(p))
      : sql`(${of(idsOf(p))} or ${isOneOf(columns[email], provenKeys(people))})`
  }
  if (owner.by === 'event') return of(sql`array(${eventsOf(p)})`)
  if (owner.by === 'mention')
    return sql`${isMention({ ...people, emails: provenAddresses(people) })}`
  return of(provenKeys(people))
}

const eventsOf = (p: Params) =>
  db
    .select(pick(eventTable, 'id'))
    .from(eventTable)
    .where(and(eq(eventTable.tenant, p.tenant), isOneOf(eventTable.customerId, idsOf(p))))

type Recipient = { readonly webhookId: string; readonly host: string }

const recipientsOf = (p: Params) =>
  kind.json<readonly Recipient[]>()(
    sql`(select coalesce(json_agg(${jsonOf<Recipient>({ webhookId: webhookTable.id, host: hostOf(webhookTable.url) })} order by ${webhookTable.id}), '[]')
      from ${webhookTable} where ${and(
        eq(webhookTable.tenant, p.tenant),
        sql`exists (${db
          .select({ id: deliveryTable.id })
          .from(deliveryTable)
          .where(
            and(
              eq(deliveryTable.tenant, p.tenant),
              eq(deliveryTable.webhookId, webhookTable.id),
              sql`${deliveryTable.eventId} = any(array(${eventsOf(p)}))`,
            ),
          )})`,
      )})`,
  )
