import { and, type Column, eq, getTableName, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { jsonOf } from '#db/document'
import { kind } from '#db/kind'
import { type Holding, holdings } from '#db/personal'
import {
  consentTable,
  customerTable,
  deliveryTable,
  eventTable,
  mergeTable,
  webhookTable,
} from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { holdCustomer } from '#lock/customer'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { dataWithoutOthers } from './event-data.ts'
import { familyOf } from './family.ts'
import { hasOneOf, idsAndEmails } from './forget-letter.ts'
import { isOneOf } from './owner.ts'
import { hostOf } from './selection.ts'

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
  holdCustomer(p),
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
    .from(sql`(select) asked`),
])

/** Those whom an erasure would take along. */
const idsOf = (p: Params) => sql`array(${familyOf(p)})`

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
  const isMerged = isOneOf(mergeTable.mergedId, ids)
  const part = (name: string, is: SQL) =>
    sql`case when ${is} then ${mergeTable.before} -> ${sql.raw(`'${name}'`)} end`
  return {
    event: { data: dataWithoutOthers(eventTable, sql`not ${isMerged}`) },
    merge: {
      before: jsonOf({
        survivor: part('survivor', isOneOf(mergeTable.survivorId, ids)),
        merged: part('merged', isMerged),
      }),
      profile: sql`case when ${isMerged} then ${mergeTable.profile} end`,
      metadata: sql`case when ${isMerged} then ${mergeTable.metadata} end`,
      conflicts: sql`case when ${isMerged} then ${mergeTable.conflicts} end`,
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
  if (owner.by === 'customer') return of(idsOf(p))
  if (owner.by === 'event') return of(sql`array(${eventsOf(p)})`)
  if (owner.by === 'mention') return hasOneOf(idsAndEmails({ tenant: p.tenant, ids: idsOf(p) }))
  return of(sql`array(${provenKeys(p)})`)
}

const eventsOf = (p: Params) =>
  db
    .select(pick(eventTable, 'id'))
    .from(eventTable)
    .where(and(eq(eventTable.tenant, p.tenant), isOneOf(eventTable.customerId, idsOf(p))))

/** The key of the customer's address, if it was verified and claimed: anybody can write an address that is not theirs. */
const provenKeys = (p: Params) =>
  db
    .select({ key: customerTable.emailKey })
    .from(customerTable)
    .where(
      and(
        eq(customerTable.tenant, p.tenant),
        eq(customerTable.id, p.id),
        sql`${customerTable.emailVerifiedAt} is not null and ${customerTable.claimedAt} is not null`,
      ),
    )

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
