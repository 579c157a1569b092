import { type SQL, sql } from 'drizzle-orm'
import { byCountry } from './by-country.ts'
import type { UpdateAddress } from './input.ts'
import {
  type ComparedField,
  compared,
  isCompared,
  SAMENESS_PART_LENGTH,
  samenessPart,
  samenessPosition,
} from './sameness.ts'
import { findState } from './state.ts'

export type Change = { readonly name: string; readonly differs: SQL; readonly set: SQL }

const columns = {
  label: sql`label`,
  firstName: sql`first_name`,
  lastName: sql`last_name`,
  company: sql`company`,
  line1: sql`line1`,
  line2: sql`line2`,
  city: sql`city`,
  state: sql`state`,
  postalCode: sql`postal_code`,
  country: sql`country`,
  phone: sql`phone`,
} as const
type Column = keyof typeof columns
const names = Object.keys(columns) as Column[]

/** What an update of the address's row sets, as far as the input names it or a move to another country takes it away. */
export const changesOf = (input: UpdateAddress): Change[] =>
  names.flatMap((name) => {
    const value = newValue(input, name)
    if (value === undefined) return []
    const column = sql`address.${columns[name]}`
    return {
      name,
      differs: sql`${column} is distinct from ${value}`,
      set: sql`${columns[name]} = ${value}`,
    }
  })

/** The fingerprint of the row as it will be. */
export const changedSameness = (input: UpdateAddress): SQL =>
  names.filter(isCompared).reduce((sameness, name) => {
    const part = partOf(input, name)
    if (part === undefined) return sameness
    return sql`overlay(${sameness} placing ${part} from ${samenessPosition(name)}::int)`
  }, sql`address.sameness`)

/** Of a state or postal code that stays behind in the country it belongs to. */
const isLeft = (input: UpdateAddress, name: Column): boolean =>
  (name === 'state' || name === 'postalCode') &&
  input[name] === undefined &&
  input.country !== undefined

const movesFrom = ({ country }: UpdateAddress): SQL => sql`address.country <> ${country}`

function newValue(input: UpdateAddress, name: Column): SQL | undefined {
  const { country } = input
  const value = input[name]
  if (isLeft(input, name)) {
    return sql`case when ${movesFrom(input)} then null else address.${columns[name]} end`
  }
  if (value === undefined) return undefined
  if (name !== 'state' || value === null) return sql`${value}::text`
  const codeIn = (of: string) => findState(of, value) ?? value
  return country === undefined ? byCountry(codeIn) : sql`${codeIn(country)}::text`
}

function partOf(input: UpdateAddress, name: ComparedField): SQL | undefined {
  const { country } = input
  const textIn = (of: string) => compared(name, { ...input, country: of })
  if (isLeft(input, name)) {
    const kept = sql`substr(address.sameness, ${samenessPosition(name)}::int, ${SAMENESS_PART_LENGTH}::int)`
    return sql`case when ${movesFrom(input)} then ${samenessPart('')} else ${kept} end`
  }
  if (input[name] === undefined) return undefined
  return country === undefined
    ? byCountry(textIn, samenessPart)
    : sql`${samenessPart(textIn(country))}::text`
}
