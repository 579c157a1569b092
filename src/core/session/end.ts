import { type Context, commitWithoutKey, mustHaveScope } from '#core/context'
import { anyAgeProofStatements, type ProvenClient } from '#core/identity'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** The statement that ends a session in the commit of another change. Its rows go to the provider. */
const endingSession = ({ tenant }: Context, id: string) =>
  query.endSession({ tenant, id, clientId: null })

/** The statements that put a new session in the place of another one of the same customer, which ends. The rows of `ended` go to the provider. */
export const sessionReplacementStatements = (
  ctx: Context,
  {
    id,
    customerId,
    before,
  }: { readonly id: string; readonly customerId: string; readonly before: string },
) => ({
  succeeded: query.inheritCodeAndClientBinding({ tenant: ctx.tenant, id, customerId, before }),
  ended: endingSession(ctx, before),
})

/** Ends a session of a client. A repeat changes nothing. */
export async function endSessionOfClient(
  ctx: Context,
  id: string,
  { id: clientId, spent }: ProvenClient,
): Promise<void> {
  const { ended } = await commitWithoutKey(ctx, {
    ...spent,
    ended: query.endSession({ tenant: ctx.tenant, id, clientId }),
  })
  await ctx.identity.accounts.end(ctx, ended)
}

/**
 * A shopper ends its own session with this id, or all its sessions. If the shopper ends another session or all sessions, links in mails and a pending change of the address end, too. That needs a proof, so a session that a service opened may not do it. Refuses
 * `session_not_found`, `fresh_proof_required`.
 */
export async function endOwnSessions(ctx: Context, sessionId?: string): Promise<void> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id, sessionId: own } = ctx.actor
  const isOwn = sessionId === own
  // Only where this service opens the sessions do services open some.
  const needsProof = !isOwn && ctx.settings.identity === 'embedded'
  const proof = needsProof ? anyAgeProofStatements(ctx) : {}
  await endThose(ctx, id, { sessionId, intentions: !isOwn }, proof)
}

/**
 * Staff ends a customer's session with this id, or all its sessions. Links in mails and a change of the address that waits end, too.
 * Refuses `customer_not_found`, `session_not_found`.
 */
export async function endSessions(
  ctx: Context,
  customerId: string,
  sessionId?: string,
): Promise<void> {
  mustHaveScope(ctx, 'customer:write')
  await endThose(ctx, customerId, { sessionId, intentions: true })
}

type Which = { readonly sessionId: string | undefined; readonly intentions: boolean }

async function endThose(
  ctx: Context,
  customerId: string,
  { sessionId, intentions }: Which,
  proof: Partial<ReturnType<typeof anyAgeProofStatements>> = {},
): Promise<void> {
  const { tenant } = ctx
  const { ended } = await commitWithoutKey(ctx, {
    ...proof,
    ended: query.endSessions({ tenant, customerId, id: sessionId ?? null, intentions }),
  })
  if (sessionId !== undefined && ended.length === 0) throw new Refusal('session_not_found')
  await ctx.identity.accounts.end(ctx, ended)
}
