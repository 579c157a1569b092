import { and, type Column, eq, getTableName, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { jsonOf } from '#db/document'
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
import { sqlType } from '#db/sql-type'
import { db, evaluateForEffect, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { lockCustomersByIds } from '#query/customer'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { hostOfUrl } from '#query/webhook'
import { customersErasedTogether } from './customers-erased-together.ts'
import { isInTextArray } from './customers-to-erase.ts'
import { eventDataWithoutUndoneMerges } from './emptied-event-data.ts'
import { deadLetterMentions } from './forget-dead-letters.ts'
import { provenEmailKeys, provenEmails } from './known-emails.ts'
import { refuseCustomerWithoutData } from './refuse-customer-without-data.ts'
import {
  containsUndoneMergeData,
  imageSideWithoutUndoneMerges,
  undoneMergeDataToLeaveOut,
  withoutUndoneMergeValues,
} from './undone-merge-data.ts'

const params = {
  ...appendEventParams,
  ...pick(customerTable, 'id'),
  reason: sqlType.orNull(sqlType.text),
  /** Whether an event tells of it: the first page does. */
  isFirst: sqlType.flag,
  offset: sqlType.int,
  limit: sqlType.int,
}
type Params = ValuesOf<typeof params>

type Row = Readonly<Record<string, unknown>>

/**
 * What is held about a customer and all whom an erasure would take along: the rows of each table that the map exports, without credentials,
 * and the hosts of the webhooks that were told. The first page appends the event. Refuses `customer_not_found`, `customer_merged`.
 */
export const exportCustomer = useCase('export_customer', params, (p) => [
  evaluateForEffect(lockCustomersByIds(p.tenant, sql`array[${p.id}]`)),
  refuseCustomerWithoutData(p),
  appendEvent(p, raiseSequence(p, sql`${p.isFirst}`), () => ({
    type: 'customer.exported',
    optional: { reason: sql`${p.reason}` },
  })),
  db
    .select({
      sections: sqlType.json<Readonly<Record<string, readonly Row[]>>>()(
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

/** The ids of all customers whom an erasure would include. The `limit` makes PostgreSQL run this query once, not at each use. */
const askedFor = (p: Params) =>
  db
    .select({ ids: sql`array(${customersErasedTogether(p)})`.as('ids') })
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

/** Hides the tenant and the feed's place. They say nothing about a customer. */
const isHidden = (table: PgTable, name: string): boolean =>
  name === 'tenant' || ((table === eventTable || table === consentTable) && name === 'place')

const wordOf = ({ columns }: Holding, name: string): string =>
  Object.entries(columns).find(([column]) => column === name)?.[1] ?? 'none'

/** Columns that may also contain data of other customers. Only the customer's own part is shown. */
const replaced = (p: Params): Readonly<Record<string, Readonly<Record<string, SQL>>>> => {
  const ids = idsOf(p)
  const m = mergeTable
  const isMerged = isInTextArray(m.mergedId, ids)
  const lent = undoneMergeDataToLeaveOut(
    p.tenant,
    and(isInTextArray(m.survivorId, ids), sql`not ${isMerged}`),
  )
  const side = (name: string, is: SQL) =>
    sql`case when ${is} then ${imageSideWithoutUndoneMerges(sql`${m.before} -> ${sql.raw(`'${name}'`)}`, lent)} end`
  const ifMerged = (shown: SQL) => sql`case when ${isMerged} then ${shown} end`
  const ifOwn = (at: Column, text: Column) =>
    sql`case when not (${lent.isWithin(at)} and ${containsUndoneMergeData(text, lent)}) then ${text} end`
  return {
    event: {
      data: sql`case when ${lent.isWithin(eventTable.at)} then ${eventDataWithoutUndoneMerges(eventTable, lent)} else ${eventTable.data} end`,
    },
    delivery: {
      responseBody: ifOwn(deliveryTable.createdAt, deliveryTable.responseBody),
    },
    idempotency: {
      answer: ifOwn(idempotencyTable.createdAt, idempotencyTable.answer),
    },
    merge: {
      before: jsonOf({
        survivor: side('survivor', isInTextArray(m.survivorId, ids)),
        merged: side('merged', isMerged),
      }),
      profile: ifMerged(withoutUndoneMergeValues(m.profile, lent.profiles)),
      metadata: ifMerged(withoutUndoneMergeValues(m.metadata, lent.metadata)),
      conflicts: ifMerged(sql`${m.conflicts}`),
    },
  }
}

/** Whether a row is about the customer, by what the map says. */
function isTheirs(p: Params, { owner }: Holding, columns: Readonly<Record<string, Column>>): SQL {
  const of = (ids: SQL) =>
    sql.join(
      owner.columns.map((name) => isInTextArray(columns[name], ids)),
      sql` or `,
    )
  const people = { tenant: p.tenant, ids: idsOf(p) }
  if (owner.by === 'customer') {
    const { email } = owner
    return email === undefined
      ? of(idsOf(p))
      : sql`(${of(idsOf(p))} or ${isInTextArray(columns[email], provenEmailKeys(people))})`
  }
  if (owner.by === 'event') return of(sql`array(${eventsOf(p)})`)
  if (owner.by === 'mention')
    return sql`${deadLetterMentions({ ...people, emails: provenEmails(people) })}`
  return of(provenEmailKeys(people))
}

const eventsOf = (p: Params) =>
  db
    .select(pick(eventTable, 'id'))
    .from(eventTable)
    .where(and(eq(eventTable.tenant, p.tenant), isInTextArray(eventTable.customerId, idsOf(p))))

type Recipient = { readonly webhookId: string; readonly host: string }

const recipientsOf = (p: Params) =>
  sqlType.json<readonly Recipient[]>()(
    sql`(select coalesce(json_agg(${jsonOf<Recipient>({ webhookId: webhookTable.id, host: hostOfUrl(webhookTable.url) })} order by ${webhookTable.id}), '[]')
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
