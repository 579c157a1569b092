import { and, eq, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { customerTable, mergeTable } from '#db/schema'
import { pgTypeOf, sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { customerFields, fieldsFilledByMerge } from '#field/customer'

type Field = (typeof fieldsFilledByMerge)[number]
type Column = { readonly name: Field; readonly column: PgColumn }

const columns: readonly Column[] = fieldsFilledByMerge.map((name) => ({
  name,
  column: customerTable[customerFields[name].column],
}))

/** The key of a field has its own column: `firstNameKey` for `firstName`. */
const hasKey = (name: Field): name is 'firstName' | 'lastName' => `${name}Key` in customerTable

const literal = (name: string): SQL => sql.raw(`'${name}'`)

/** The new values of the fields that a merge fills, and of their keys. */
function valuesOf(
  of: (column: Column) => SQL,
  keyOf: (name: Field, key: 'firstNameKey' | 'lastNameKey') => SQL,
) {
  const values = columns.map((column) => [column.name, of(column)] as const)
  const keys = fieldsFilledByMerge
    .filter(hasKey)
    .map((name) => [`${name}Key`, keyOf(name, `${name}Key`)] as const)
  return Object.fromEntries([...values, ...keys])
}

/**
 * Fills fields of the survivor and adds to its metadata by a plan. `apply_merge` calls it.
 * @see planMerge which decided that the survivor has no values there.
 */
export const fillProfile = useCase(
  'fill_profile',
  {
    ...pick(customerTable, 'tenant'),
    survivorId: customerTable.id,
    mergedId: customerTable.id,
    profile: mergeTable.profile,
    metadata: customerTable.metadata,
  },
  (p) => {
    const merged = alias(customerTable, 'merged')
    const fills = (name: Field) => sql`${p.profile} ? ${literal(name)}`
    return [
      db
        .update(customerTable)
        .set({
          ...valuesOf(
            ({ name, column }) => {
              const value = sql`(${p.profile} ->> ${literal(name)})::${sql.raw(pgTypeOf(column))}`
              return sql`case when ${fills(name)} then ${value} else ${column} end`
            },
            (name, key) =>
              sql`case when ${fills(name)} then ${merged[key]} else ${customerTable[key]} end`,
          ),
          metadata: sql`${p.metadata} || ${customerTable.metadata}`,
        })
        .from(merged)
        .where(
          and(
            eq(customerTable.tenant, p.tenant),
            eq(customerTable.id, p.survivorId),
            eq(merged.tenant, p.tenant),
            eq(merged.id, p.mergedId),
          ),
        ),
      noAnswer,
    ]
  },
)

/** Clears fields of the survivor and keys of its metadata for an undo. `return_profile` calls it. */
export const clearSurvivorProfileFields = useCase(
  'clear_survivor_profile_fields',
  {
    ...pick(customerTable, 'tenant', 'id'),
    fields: sqlType.texts,
    metadata: sqlType.texts,
  },
  (p) => {
    const clears = (name: Field) => sql`${literal(name)} = any(${p.fields})`
    return [
      db
        .update(customerTable)
        .set({
          ...valuesOf(
            ({ name, column }) => sql`case when ${clears(name)} then null else ${column} end`,
            (name, key) => sql`case when ${clears(name)} then '' else ${customerTable[key]} end`,
          ),
          metadata: sql`${customerTable.metadata} - ${p.metadata}`,
        })
        .where(and(eq(customerTable.tenant, p.tenant), eq(customerTable.id, p.id))),
      noAnswer,
    ]
  },
)
