import { type SQL, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { changesFromParameters, isFieldNamed } from '#db/patch'
import { addressTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { pick } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'
import { appendEventParams } from '#query/outbox'
import type { PossibleProblem } from '../change-problems.ts'
import { addressFields } from '../field-list.ts'
import { comparedFields, SAMENESS_PART_LENGTH, samenessPartPosition } from '../sameness.ts'
import type { SamenessParts } from '../update-values.ts'
import type { ByCountry } from '../values-by-country.ts'

/** A change of the state or of the postal code depends on the country of the row. */
const { state: _, postalCode: __, ...texts } = inputColumns(addressFields, addressTable)

/** The parameters of a change of an address. */
export const changeParams = {
  ...appendEventParams,
  ...texts,
  ...pick(addressTable, 'customerId', 'id'),
  accepted: sqlType.orNull(sqlType.versions),
  /** The fields that the caller names; the others stay as they are. */
  named: sqlType.texts,
  /** The state is written as its code, and the postal code as its country writes it. */
  state: sqlType.jsonb<ByCountry<string | null>>(),
  postalCode: sqlType.jsonb<ByCountry<string | null>>(),
  /** The keys of each named field, except the postal code. */
  keys: addressTable.keys,
  postalKeys: sqlType.jsonb<ByCountry<string | null>>(),
  /** The part of the fingerprint of each field that is named. */
  sameness: sqlType.jsonb<SamenessParts>(),
  possibleProblems: sqlType.json<readonly PossibleProblem[]>(),
  shipping: sqlType.orNull(sqlType.text),
  billing: sqlType.orNull(sqlType.text),
}
export type ChangeParams = ValuesOf<typeof changeParams>

const moves = (p: ChangeParams): SQL =>
  sql`(${isFieldNamed(p.named, 'country')} and ${addressTable.country} <> ${p.country})`

/** A move to another country clears the state and the postal code, unless they are sent with it. */
export function addressColumnChanges(p: ChangeParams) {
  const clears = (field: string) => sql`(${isFieldNamed(p.named, field)} or ${moves(p)})`
  return {
    ...changesFromParameters(texts, p),
    state: {
      column: addressTable.state,
      to: sql`case when ${isFieldNamed(p.named, 'state')} then ${inCountry(sql`${p.state}`)} end`,
      when: clears('state'),
    },
    postalCode: {
      column: addressTable.postalCode,
      to: sql`case when ${isFieldNamed(p.named, 'postalCode')} then ${inCountry(sql`${p.postalCode}`)} end`,
      when: clears('postalCode'),
    },
  }
}

/** The value for the country of the row. */
const inCountry = (byCountry: SQL): SQL =>
  sql`coalesce(${byCountry} -> 'special' ->> ${addressTable.country}, ${byCountry} ->> 'usual')`

/** The keys of the row after the change: new ones for the fields that change, old ones for the others. */
export const addressFindKeysAfterChange = (p: ChangeParams): SQL => {
  const isNew = sql`(${isFieldNamed(p.named, 'postalCode')} or ${moves(p)})`
  const code = sql`case when ${isFieldNamed(p.named, 'postalCode')} then ${inCountry(sql`${p.postalKeys}`)} end`
  return sql`${addressTable.keys} || ${p.keys}
    || case when ${isNew} then jsonb_build_object('postalCode', coalesce(${code}, '')) else '{}' end`
}

/** The fingerprint of the row after the change: new parts for the fields that change, old parts for the others. */
export const samenessAfterChange = (p: ChangeParams): SQL =>
  comparedFields.reduce<SQL>((sameness, field) => {
    const given = sql`${p.sameness} -> ${sql.raw(`'${field}'`)}`
    const isCleared = field === 'state' || field === 'postalCode' ? moves(p) : sql`false`
    const at = sql.raw(String(samenessPartPosition(field)))
    const old = sql`substr(${addressTable.sameness}, ${at}, ${sql.raw(String(SAMENESS_PART_LENGTH))})`
    const part = sql`case when ${given} is not null then ${inCountry(sql`(${given})`)}
      when ${isCleared} then ${p.sameness} ->> 'nothing' else ${old} end`
    return sql`${sameness} || ${part}`
  }, sql`''`)
