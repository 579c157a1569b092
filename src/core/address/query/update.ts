import { and, eq, exists, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { isNamed, patchOf } from '#db/patch'
import { addressTable, customerTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { isCustomer, lockCustomer } from '#lock/customer'
import { appendEvent, appending, raiseVersion, stamped } from '#query/outbox'
import type { ByCountry } from '../by-country.ts'
import type { SamenessParts } from '../change.ts'
import type { PossibleProblem } from '../change-problems.ts'
import { comparedFields, SAMENESS_PART_LENGTH, samenessPosition } from '../sameness.ts'
import {
  addressAnswer,
  addressNews,
  isAddress,
  isWritten,
  ownerOf,
  refuseMissing,
  refuseStaleAddress,
} from './book.ts'
import { assignDefaults } from './default.ts'

const params = {
  ...appending,
  ...pick(addressTable, 'customerId', 'id', 'label', 'firstName', 'lastName', 'company'),
  ...pick(addressTable, 'line1', 'line2', 'city', 'country', 'phone'),
  accepted: kind.orNull(kind.versions),
  /** The fields that the caller names; the others stay as they are. */
  named: kind.texts,
  /** The state is written as its code, and the postal code as its country writes it. */
  state: kind.jsonb<ByCountry<string | null>>(),
  postalCode: kind.jsonb<ByCountry<string | null>>(),
  /** The keys of each field that is named, but for the postal code. */
  keys: addressTable.keys,
  postalKeys: kind.jsonb<ByCountry<string | null>>(),
  /** The part of the fingerprint of each field that is named. */
  sameness: kind.jsonb<SamenessParts>(),
  possibleProblems: kind.json<readonly PossibleProblem[]>(),
  shipping: kind.orNull(kind.text),
  billing: kind.orNull(kind.text),
}
type Params = ValuesOf<typeof params>

/**
 * Changes the named fields that differ, and appends an event if there are any. A change vouches for the address. Refuses
 * `customer_not_found`, `customer_merged`, `address_not_found`, `precondition_failed`, `invalid_input` by the rules of the country,
 * `address_exists`.
 */
export const updateAddress = useCase('update_address', params, (p) => {
  const patch = patchOf(p.named, changesOf(p))
  const sameness = samenessOf(p)
  const twin = alias(addressTable, 'twin')
  return [
    lockCustomer(ownerOf(p)),
    refuseMissing(p),
    refuseStaleAddress(p, p.accepted),
    refuseProblems(p),
    refuseWhen({
      address_exists: exists(
        db
          .select({ id: twin.id })
          .from(addressTable)
          .innerJoin(
            twin,
            and(
              eq(twin.tenant, p.tenant),
              eq(twin.customerId, p.customerId),
              ne(twin.id, p.id),
              sql`${twin.sameness} = ${sameness}`,
            ),
          )
          .where(and(isAddress(p), sql`${addressTable.sameness} <> ${sameness}`)),
      ),
    }),
    db
      .update(addressTable)
      .set({
        ...patch.set,
        sameness,
        keys: keysOf(p),
        unproven: false,
        version: sql`${addressTable.version} + 1`,
        changedAt: stamped(patch.stamps, addressTable),
        updatedAt: p.now,
      })
      .where(and(isAddress(p), or(patch.differs, becomesDefault(p)))),
    assignDefaults(p, p),
    appendEvent(
      p,
      raiseVersion({ ...p, id: p.customerId }, ['addresses'], isWritten(p)),
      (customer) => ({
        type: 'customer.updated',
        changed: 'stamped',
        data: addressNews('changed', customer),
        from: sql`join ${addressTable} on ${isAddress(p)}`,
      }),
    ),
    addressAnswer(p),
  ]
})

const moves = (p: Params): SQL =>
  sql`(${isNamed(p.named, 'country')} and ${addressTable.country} <> ${p.country})`

/** A move to another country clears the state and the postal code, unless they are sent with it. */
function changesOf(p: Params) {
  const clears = (field: string) => sql`(${isNamed(p.named, field)} or ${moves(p)})`
  const toText = (
    field:
      | 'label'
      | 'firstName'
      | 'lastName'
      | 'company'
      | 'line1'
      | 'line2'
      | 'city'
      | 'country'
      | 'phone',
  ) => ({
    column: addressTable[field],
    to: p[field],
  })
  return {
    label: toText('label'),
    firstName: toText('firstName'),
    lastName: toText('lastName'),
    company: toText('company'),
    line1: toText('line1'),
    line2: toText('line2'),
    city: toText('city'),
    state: {
      column: addressTable.state,
      to: sql`case when ${isNamed(p.named, 'state')} then ${inCountry(sql`${p.state}`)} end`,
      when: clears('state'),
    },
    postalCode: {
      column: addressTable.postalCode,
      to: sql`case when ${isNamed(p.named, 'postalCode')} then ${inCountry(sql`${p.postalCode}`)} end`,
      when: clears('postalCode'),
    },
    country: toText('country'),
    phone: toText('phone'),
  }
}

/** The value for the country of the row. */
const inCountry = (byCountry: SQL): SQL =>
  sql`coalesce(${byCountry} -> 'special' ->> ${addressTable.country}, ${byCountry} ->> 'usual')`

/** The keys of the row after the change: new ones for the fields that change, old ones for the others. */
const keysOf = (p: Params): SQL => {
  const isNew = sql`(${isNamed(p.named, 'postalCode')} or ${moves(p)})`
  const code = sql`case when ${isNamed(p.named, 'postalCode')} then ${inCountry(sql`${p.postalKeys}`)} end`
  return sql`${addressTable.keys} || ${p.keys}
    || case when ${isNew} then jsonb_build_object('postalCode', coalesce(${code}, '')) else '{}' end`
}

/** The fingerprint of the row after the change: new parts for the fields that change, old parts for the others. */
const samenessOf = (p: Params): SQL =>
  comparedFields.reduce<SQL>((sameness, field) => {
    const given = sql`${p.sameness} -> ${sql.raw(`'${field}'`)}`
    const isCleared = field === 'state' || field === 'postalCode' ? moves(p) : sql`false`
    const at = sql.raw(String(samenessPosition(field)))
    const old = sql`substr(${addressTable.sameness}, ${at}, ${sql.raw(String(SAMENESS_PART_LENGTH))})`
    const part = sql`case when ${given} is not null then ${inCountry(sql`(${given})`)}
      when ${isCleared} then ${p.sameness} ->> 'nothing' else ${old} end`
    return sql`${sameness} || ${part}`
  }, sql`''`)

/** Refuses the possible problems that apply to the row. Only the row knows its country, and whether it has a city. */
function refuseProblems(p: Params) {
  const possible = sql`json_array_elements(${p.possibleProblems}) possible (problem)`
  const problems = db
    .select({
      problems: kind.text(sql`json_agg(possible.problem -> 'problem')::text`).as('problems'),
    })
    .from(addressTable)
    .innerJoin(possible, sql`(possible.problem -> 'countries')::jsonb ? ${addressTable.country}`)
    .where(
      and(
        isAddress(p),
        sql`(possible.problem ->> 'missing' is null or ${addressTable.city} is null)`,
      ),
    )
    .as('found')
  return db
    .select({ refused: sql`refuse('invalid_input', ${problems.problems})` })
    .from(problems)
    .where(isNotNull(problems.problems))
}

/** Whether the address is to become a default that it is not yet. */
const becomesDefault = (p: Params): SQL =>
  exists(
    db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(
        and(
          isCustomer(ownerOf(p)),
          or(
            sql`${customerTable.defaultShippingId} is distinct from ${p.shipping} and ${p.shipping} is not null`,
            sql`${customerTable.defaultBillingId} is distinct from ${p.billing} and ${p.billing} is not null`,
          ),
        ),
      ),
  )
