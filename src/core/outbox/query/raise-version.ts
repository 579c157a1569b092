import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { customerTable } from '#db/schema'
import { db } from '#db/statement-builders'

type Which = { readonly tenant: string; readonly id: string; readonly now: string }

/** The next sequence number and version, for the `set` of an update of a customer. */
export const nextSequenceAndVersion = {
  sequence: sql`${customerTable.sequence} + 1`,
  version: sql`${customerTable.version} + 1`,
}

/**
 * Raises the customer's sequence number and version, for a change of a row of that customer. @param fields the changed fields that a
 * reader sees. @param when whether the change has happened; if not, no row is written and no event appended.
 */
export const raiseVersion = ({ tenant, id, now }: Which, fields: readonly string[], when?: SQL) =>
  db
    .update(customerTable)
    .set({
      ...nextSequenceAndVersion,
      updatedAt: now,
      changedAt: stampedChangedAt(fields.map((field) => ({ field }))),
    })
    .where(and(eq(customerTable.tenant, tenant), eq(customerTable.id, id), when))
    .returning()

/** Raises the customer's sequence number, for an event without a change that a reader of the customer sees. */
export const raiseSequence = ({ tenant, id }: Which, when?: SQL) =>
  db
    .update(customerTable)
    .set({ sequence: nextSequenceAndVersion.sequence })
    .where(and(eq(customerTable.tenant, tenant), eq(customerTable.id, id), when))
    .returning()

type Stamp = { readonly field: string; readonly differs?: SQL }

type Stampable = { readonly version: AnyPgColumn; readonly changedAt: AnyPgColumn }

/** Stamps fields that differ with the next version. */
export const stampedChangedAt = (
  stamps: readonly Stamp[],
  { version, changedAt }: Stampable = customerTable,
) =>
  sql`${changedAt} || jsonb_strip_nulls(jsonb_build_object(${sql.join(
    stamps.map(({ field, differs }) =>
      differs === undefined
        ? sql`${sql.raw(`'${field}'`)}, ${version} + 1`
        : sql`${sql.raw(`'${field}'`)}, case when ${differs} then ${version} + 1 end`,
    ),
    sql`, `,
  )}))`

/** Whether an earlier statement has stamped fields with the next version. */
export const isStampedByEarlierStatement = sql`jsonb_path_exists(${customerTable.changedAt}, '$.* ? (@ > $version)', jsonb_build_object('version', ${customerTable.version}))`

/** The fields that are stamped with the present version of a row, as a list. */
export const fieldsChangedInPresentVersion = ({ version, changedAt }: Stampable) =>
  sql`(select jsonb_agg(field.key order by field.key) from jsonb_each(${changedAt}) field where field.value::int = ${version})`
