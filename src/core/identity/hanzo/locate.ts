import { sql } from 'drizzle-orm'
import { commitQuietly, document, newOutcome, one } from '#core/context'
import { textArray } from '#core/outbox'
import type { Database } from '#db/client'
import { Refusal, type RefusalCode } from '#kernel/error'
import { newId } from '#kernel/id'
import type { AccessClaims } from '../access-token.ts'
import type { Bearer } from './bearer.ts'
import { tokenHash } from './session.ts'

type Place = { readonly customerId: string; readonly sessionId: string }
type Found = Place | { readonly refused: RefusalCode }

const REMEMBERED = 1000

/**
 * Says whose access token it is, and of which session: a round trip when this isolate sees it for the first time, for that never
 * changes. Whether the session still lasts is for the commit to say. Refuses `invalid_token`, `identity_unlinked`.
 */
export function makeLocator({ db, now }: { readonly db: Database; readonly now: () => Date }) {
  const remembered = new Map<string, Place>()
  return async (bearer: Bearer, token: string): Promise<AccessClaims> => {
    const { at, clientId } = bearer
    const common = { tenant: at.tenant, client_id: clientId }
    if (bearer.service !== null)
      return { ...common, sub: bearer.service.subject, scope: bearer.scope }
    const hash = tokenHash(token)
    const known = remembered.get(hash) ?? (await find(db, now(), bearer, hash))
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(hash, known)
    return { ...common, sub: known.customerId, sid: known.sessionId, scope: 'account' }
  }
}

type Person = Extract<Bearer, { service: null }>

async function find(db: Database, now: Date, bearer: Person, hash: string): Promise<Place> {
  const { at, clientId, issuedAt, exp, identity } = bearer
  const { tenant, settings } = at
  const statuses = settings.require_email_verification ? ['active'] : ['unverified', 'active']
  const entered = sql`enter_by_token(${tenant}, ${hash}, ${identity}, ${newId('session', now)}, ${clientId},
    ${textArray(statuses)}, ${issuedAt.toISOString()}::timestamptz, ${new Date(exp * 1000).toISOString()}::timestamptz,
    ${now.toISOString()}::timestamptz)`
  const known = sql`select json_build_object('customerId', customer_id, 'sessionId', session_id)
    from session_token where tenant = ${tenant} and hash = ${hash}`
  const runner = { db, outcome: newOutcome() }
  const { found } = settings.hanzo_direct_tokens
    ? await commitQuietly(runner, {
        found: one<{ answer: Found }>(sql`select ${entered} as answer`),
      })
    : { found: { answer: (await commitQuietly(runner, { found: document<Found>(known) })).found } }
  const { answer } = found
  if (answer === null) throw new Refusal('invalid_token')
  if ('refused' in answer) throw new Refusal(answer.refused)
  return answer
}
