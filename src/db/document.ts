import { type Column, is, type SQL, sql } from 'drizzle-orm'
import { PgColumn } from 'drizzle-orm/pg-core'
import { isMomentType, pgTypeOf, sqlType } from './sql-type.ts'

/** A selection of Drizzle's: the name in the API → column or expression. */
type Selection = Readonly<Record<string, Column | SQL>>

/** The document of a selection, made in SQL, for events and for parts of a row; `jsonb` orders its keys. */
export const jsonbOf = (fields: Selection) =>
  sqlType.jsonb<Readonly<Record<string, unknown>>>()(sql`jsonb_build_object(${pairs(fields)})`)

/** `jsonbOf` with the keys in the order of the selection. */
export const jsonOf = <T>(fields: Selection) =>
  sqlType.json<T>()(sql`json_build_object(${pairs(fields)})`)

const pairs = (fields: Selection): SQL =>
  sql.join(
    Object.entries(fields).map(([name, field]) => sql`${sql.raw(`'${name}'`)}, ${written(field)}`),
    sql`, `,
  )

/** A moment as the API writes it (RFC 3339, milliseconds, UTC). */
export const momentText = (moment: unknown) =>
  sqlType.text(sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

const written = (field: Column | SQL) =>
  is(field, PgColumn) && isMomentType(pgTypeOf(field)) ? momentText(field) : field
