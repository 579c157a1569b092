import * as z from 'zod'
import type { Versioned } from '#core/context'
import { viewShape } from '#db/field'
import type { RowOf } from '#db/use-case'
import { EventActor } from '#field/event'
import { Refusal } from '#kernel/error'
import { ConsentPurpose, ConsentState, consentFields } from './field-list.ts'
import type { listConsents } from './query/list-and-email-key.ts'

const Moment = z.iso.datetime()

const said = {
  ...viewShape(consentFields),
  actor: EventActor.nullable().meta({ description: 'Who wrote it; null: a merge brought it' }),
}

const ConsentRecord = z
  .strictObject({
    state: ConsentState,
    ...said,
    at: Moment,
    customerId: z.string().meta({
      description: 'The customer, or one that was merged into it',
    }),
  })
  .meta({ id: 'ConsentRecord' })

export const Consent = z
  .strictObject({
    purpose: ConsentPurpose,
    state: ConsentState,
    ...said,
    updatedAt: Moment,
    history: z.array(ConsentRecord).meta({
      description: 'All answers of the customer, the newest first. None is changed or deleted',
    }),
  })
  .meta({ id: 'Consent' })
export type Consent = z.output<typeof Consent>

export const Consents = z.strictObject({ data: z.array(Consent) }).meta({ id: 'Consents' })

type Row = RowOf<typeof listConsents>

/** The consents of a customer, sorted by purpose. Refuses `customer_not_found`. */
export function toConsents(rows: readonly Row[]): Consent[] {
  const [first] = rows
  if (first === undefined) throw new Refusal('customer_not_found')
  return Object.keys(first.states)
    .toSorted()
    .flatMap((purpose) => consentIn(rows, purpose) ?? [])
}

/** One of them, with its version: the number of its records. Refuses `customer_not_found`, `consent_not_found`. */
export function toConsent(rows: readonly Row[], purpose: string): Versioned<Consent> {
  if (rows.length === 0) throw new Refusal('customer_not_found')
  const value = consentIn(rows, purpose)
  if (value === null) throw new Refusal('consent_not_found')
  return { value, version: value.history.length }
}

function consentIn(rows: readonly Row[], purpose: string): Consent | null {
  const records = rows.flatMap(({ isOwn, record }) => {
    if (record === null || record.purpose !== purpose) return []
    const { purpose: _, customerId, createdAt: at, ...said } = record
    return [{ isOwn, customerId, at, said }]
  })
  const newest = records.find(({ isOwn }) => isOwn)
  const state = rows[0]?.states[purpose]
  if (newest === undefined || state === undefined) return null
  return {
    ...{ purpose, ...newest.said, state, updatedAt: newest.at },
    history: records.map(({ said, at, customerId }) => ({ ...said, at, customerId })),
  }
}
