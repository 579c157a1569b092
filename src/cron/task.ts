import { purgeOldAccountRows } from '#core/account'
import { purgeAuthorizationCodes } from '#core/authorization'
import { type Context, purgeIdempotencyKeys, type SystemContext } from '#core/context'
import { purgeNameWords } from '#core/customer'
import { purgeDeadLetters, purgeDeadLettersOfOperator } from '#core/dead-letter'
import { purgeDeliveries, purgeOrphanedDeliveries, wakeDueEndpoints } from '#core/delivery'
import { purgeEvents } from '#core/event'
import { expireMemberships } from '#core/group'
import { purgeGuests } from '#core/guest'
import {
  purgeRevokedTokens,
  purgeSessionTokens,
  purgeSignOuts,
  purgeSpentProofs,
  rotateIssuerKeys,
} from '#core/identity'
import { appendLimitEvents, purgeQuotas } from '#core/limit'
import { purgeMailsAndTokens } from '#core/mail'
import { performDueMerges } from '#core/merge'
import { correctCounters } from '#core/order'
import { relayJobs } from '#core/outbox'
import { forgetStatistics } from '#core/privacy'
import { touchRelease } from '#core/release'
import { judgeDueMoments } from '#core/rule'
import { purgeSessions } from '#core/session'
import { purgeWebhooks } from '#core/webhook'
import { dailyScheduleAt, eachMinuteSchedule, type Schedule } from './schedule.ts'

/**
 * Work that the clock starts. A step is bounded, and is repeated while there may be more. The jobs in its outcome are sent to the
 * queue after it. Every task must tolerate a delay and a repeat.
 */
export type Task = {
  /** Stored in the database, and unique. */
  readonly name: string
  readonly next: Schedule
  /** The pause after each step, as a multiple of the step's time. */
  readonly rest: number
} & (
  | { readonly forAll: (system: SystemContext) => Promise<boolean> }
  | { readonly forEach: (ctx: Context) => Promise<boolean> }
)

/** One step for some tenants at once. */
const forAll = (name: string, step: (system: SystemContext) => Promise<boolean>) => ({
  name,
  forAll: step,
})

/** One step for each tenant. */
const forEach = (name: string, step: (ctx: Context) => Promise<boolean>) => ({
  name,
  forEach: step,
})

export const minuteTasks: readonly Task[] = [
  forAll('relay', relayJobs),
  forAll('wake-deliveries', wakeDueEndpoints),
  forAll('touch-release', touchRelease),
  forEach('expire-memberships', expireMemberships),
  forEach('judge-due', judgeDueMoments),
  forEach('sweep-merges', performDueMerges),
  forEach('append-limits', appendLimitEvents),
].map((task) => ({ ...task, next: eachMinuteSchedule, rest: 1 }))

/**
 * The pause after each step of the night. Nobody waits for the results of these tasks, and writes of others take longer while a step runs.
 * So the steps take less than a tenth of the time.
 */
const NIGHT_REST = 12

/** The tasks of the night. */
export const nightTasks: readonly Task[] = [
  forAll('purge-keys', purgeIdempotencyKeys),
  forAll('rotate-keys', rotateIssuerKeys),
  forAll('purge-sessions', purgeSessions),
  forAll('purge-codes', purgeAuthorizationCodes),
  forAll('purge-session-tokens', purgeSessionTokens),
  forAll('purge-revoked-tokens', purgeRevokedTokens),
  forAll('purge-spent-proofs', purgeSpentProofs),
  forAll('purge-sign-outs', purgeSignOuts),
  forAll('purge-attempts', purgeOldAccountRows),
  forAll('purge-mails', purgeMailsAndTokens),
  forAll('purge-quotas', purgeQuotas),
  forAll('purge-deliveries', purgeDeliveries),
  forAll('purge-orphans', purgeOrphanedDeliveries),
  forAll('purge-webhooks', purgeWebhooks),
  forAll('purge-operator-letters', purgeDeadLettersOfOperator),
  forAll('forget-statistics', forgetStatistics),
  forEach('purge-events', purgeEvents),
  forEach('purge-dead-letters', purgeDeadLetters),
  forEach('correct-counters', correctCounters),
  forEach('purge-guests', purgeGuests),
  forEach('purge-words', purgeNameWords),
].map((task) => ({ ...task, next: dailyScheduleAt(3, 17), rest: NIGHT_REST }))

/** All tasks. The trigger in wrangler.toml fires each minute and runs the tasks that are due, or left from earlier minutes. */
export const tasks: readonly Task[] = [...minuteTasks, ...nightTasks]
