import { purgeAttempts } from '#core/account'
import { type Context, purgeKeys, type System } from '#core/context'
import { purgeDeadLetters, purgeOperatorLetters } from '#core/dead-letter'
import { purgeDeliveries, purgeOrphans, wakeDeliveries } from '#core/delivery'
import { purgeEvents } from '#core/event'
import { expireMemberships } from '#core/group'
import { purgeGuests } from '#core/guest'
import { purgeRevokedTokens, purgeSessionTokens, purgeSignOuts, rotateKeys } from '#core/identity'
import { purgeQuotas, tellLimits } from '#core/limit'
import { purgeMails } from '#core/mail'
import { sweepMerges } from '#core/merge'
import { correctCounters } from '#core/order'
import { relayJobs } from '#core/outbox'
import { touchRelease } from '#core/release'
import { judgeDue } from '#core/rule'
import { purgeSessions } from '#core/session'
import { purgeTicks } from '#core/tick'
import { purgeWebhooks } from '#core/webhook'

/**
 * Work that cron starts. A step is bounded, and is repeated while there may be more. The jobs in its outcome are sent to the
 * queue after it. Every task must tolerate a delay, a repeat, and a concurrent run.
 */
export type Task =
  | { readonly name: string; readonly forAll: (system: System) => Promise<boolean> }
  | { readonly name: string; readonly forEach: (ctx: Context) => Promise<boolean> }

/** One step for all tenants at once. */
const forAll = (name: string, step: (system: System) => Promise<boolean>): Task => ({
  name,
  forAll: step,
})

/** One step for each tenant. */
const forEach = (name: string, step: (ctx: Context) => Promise<boolean>): Task => ({
  name,
  forEach: step,
})

/** The schedules of wrangler.toml (UTC) and their tasks. The names are stored in the database and must be unique. */
export const schedules: ReadonlyMap<string, readonly Task[]> = new Map(
  Object.entries({
    '* * * * *': [
      forAll('relay', relayJobs),
      forAll('wake-deliveries', wakeDeliveries),
      forAll('touch-release', touchRelease),
      forEach('expire-memberships', expireMemberships),
      forEach('judge-due', judgeDue),
      forEach('sweep-merges', sweepMerges),
      forEach('tell-limits', tellLimits),
    ],
    '17 3 * * *': [
      forAll('purge-ticks', purgeTicks),
      forAll('purge-keys', purgeKeys),
      forAll('rotate-keys', rotateKeys),
      forAll('purge-sessions', purgeSessions),
      forAll('purge-session-tokens', purgeSessionTokens),
      forAll('purge-revoked-tokens', purgeRevokedTokens),
      forAll('purge-sign-outs', purgeSignOuts),
      forAll('purge-attempts', purgeAttempts),
      forAll('purge-mails', purgeMails),
      forAll('purge-quotas', purgeQuotas),
      forAll('purge-deliveries', purgeDeliveries),
      forAll('purge-orphans', purgeOrphans),
      forAll('purge-webhooks', purgeWebhooks),
      forAll('purge-operator-letters', purgeOperatorLetters),
      forEach('purge-events', purgeEvents),
      forEach('purge-dead-letters', purgeDeadLetters),
      forEach('correct-counters', correctCounters),
      forEach('purge-guests', purgeGuests),
    ],
  }),
)
