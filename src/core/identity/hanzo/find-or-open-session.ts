import { commitWithoutKey, newOutcome, type Runner, read } from '#core/context'
import type { Database } from '#db/database'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import type { AccessClaims } from '../access-token-claims.ts'
import * as query from '../generated/query.ts'
import { accessTokenHash } from './session.ts'
import type { HanzoBearer } from './token-check.ts'

type Place = { readonly customerId: string; readonly sessionId: string }

const REMEMBERED = 1000

/**
 * Finds the customer and the session of an access token. Neither ever changes, so only the first look-up in this isolate takes a
 * round trip. The commit checks whether the session still lasts. Refuses `invalid_token`, `identity_unlinked`.
 */
export function makeFindOrOpenSession({
  db,
  now,
}: {
  readonly db: Database
  readonly now: () => Date
}) {
  const remembered = new Map<string, Place>()
  return async (bearer: HanzoBearer, token: string): Promise<AccessClaims> => {
    const { at, clientId } = bearer
    const common = { tenant: at.tenant, client_id: clientId }
    if (bearer.service !== null)
      return { ...common, sub: bearer.service.subject, scope: bearer.scope }
    const hash = accessTokenHash(token)
    const known = remembered.get(hash) ?? (await find(db, now(), bearer, hash))
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(hash, known)
    return { ...common, sub: known.customerId, sid: known.sessionId, scope: 'account' }
  }
}

type Person = Extract<HanzoBearer, { service: null }>

async function find(db: Database, now: Date, bearer: Person, hash: string): Promise<Place> {
  const { tenant, settings } = bearer.at
  const runner = { db, outcome: newOutcome() }
  if (settings.hanzo_direct_tokens) return open(runner, now, bearer, hash)
  const { found } = await read(runner, {
    found: query.findSessionByProviderToken({ tenant, hash }),
  })
  const [known] = found
  if (known === undefined) throw new Refusal('invalid_token')
  return known
}

async function open(runner: Runner, now: Date, bearer: Person, hash: string): Promise<Place> {
  const { at, clientId, issuedAt, exp, identity } = bearer
  const { tenant, settings } = at
  const { found } = await commitWithoutKey(runner, {
    found: query.openSessionByProviderToken({
      tenant,
      hash,
      identity,
      id: newId('session', now),
      clientId,
      refreshHash: '',
      userAgent: null,
      address: null,
      provenAt: null,
      statuses: settings.require_email_verification ? ['active'] : ['unverified', 'active'],
      issuedAt: issuedAt.toISOString(),
      expiresAt: new Date(exp * 1000).toISOString(),
      now: now.toISOString(),
    }),
  })
  const [opened] = found
  if (opened?.session) return opened.session
  throw new Refusal(opened?.isLinked ? 'invalid_token' : 'identity_unlinked')
}
