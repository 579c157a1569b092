import { type Context, mustMatchShopper, read, type Versioned } from '#core/context'
import * as query from './generated/query.ts'
import { mustBeConsentPurpose } from './set.ts'
import { type Consent, toConsent, toConsents } from './view.ts'

/** All consents of a customer, with their history. For a merged customer, the survivor's consents. Refuses `customer_not_found`. */
export async function listConsents(ctx: Context, id: string): Promise<{ data: Consent[] }> {
  return { data: toConsents(await rowsOf(ctx, id)) }
}

/** One of them. Refuses `customer_not_found`, `consent_not_found`, `invalid_input` for a purpose that is none. */
export async function findConsent(
  ctx: Context,
  id: string,
  purpose: string,
): Promise<Versioned<Consent>> {
  const name = mustBeConsentPurpose(purpose)
  return toConsent(await rowsOf(ctx, id), name)
}

async function rowsOf(ctx: Context, id: string) {
  mustMatchShopper(ctx, id)
  const { rows } = await read(ctx, { rows: query.listConsents({ tenant: ctx.tenant, id }) })
  return rows
}
