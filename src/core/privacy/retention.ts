import { type Context, mustHaveScope, read, type Settings } from '#core/context'
import type { RetentionName } from '#db/personal'
import * as query from './generated/query.ts'
import type { Retention } from './retention-view.ts'

type DaysName = {
  [K in keyof Settings]-?: Settings[K] extends number ? K : never
}[keyof Settings]

/** How long something is kept. */
type Period = {
  /** What is kept. */
  readonly what: string
  /** The setting that says for how many days, or the number of days; null: until something else happens. */
  readonly days: DaysName | number | null
  /** The start of the days, or the end of the period. */
  readonly until: string
  /** The nightly task of the clock that deletes older rows, a bounded number at once. */
  readonly task: string | null
}

/** The periods for which data is kept. `docs/privacy.md` and `GET /retention` show them. */
export const retentionPeriods: Readonly<Record<RetentionName, Period>> = {
  account: {
    what: 'Accounts, address books, and the keys by which search finds customers',
    days: null,
    until: 'Until the customer is erased. A deleted customer is hidden, not erased',
    task: null,
  },
  guest: {
    what: 'Guests without an order',
    days: 'guest_retention_days',
    until: 'Days after the last change',
    task: 'purge-guests',
  },
  unprovenGuest: {
    what: 'Guests that a storefront created, without an order',
    days: 'unproven_guest_retention_days',
    until: 'Days after the last change',
    task: 'purge-guests',
  },
  order: {
    what: 'The ledger of orders, which names no person',
    days: null,
    until: 'Without end: sums of money do not change when a person is erased',
    task: null,
  },
  erasure: {
    what: 'Erasures: ids, reasons and times, and no name',
    days: null,
    until: 'Without end: they prove the erasure, and repeat it in a restored backup',
    task: null,
  },
  group: {
    what: 'Memberships in groups',
    days: null,
    until: 'Until the membership ends, or the customer is erased',
    task: null,
  },
  merge: {
    what: 'Merges, with the state of both customers before the merge',
    days: null,
    until: 'Until one of the two customers is erased. Then the part of that customer is deleted',
    task: null,
  },
  event: {
    what: 'Events',
    days: 'event_retention_days',
    until: 'Days after the event. An erasure deletes the data of the erased customer at once',
    task: 'purge-events',
  },
  delivery: {
    what: 'Deliveries to webhooks, with the beginning of the answer',
    days: 'delivery_retention_days',
    until: 'Days after the delivery arrived or failed for good',
    task: 'purge-deliveries',
  },
  deadLetter: {
    what: 'Messages that the queue gave up on',
    days: 'dead_letter_retention_days',
    until: 'Days after the queue gave up',
    task: 'purge-dead-letters',
  },
  job: { what: 'Pending jobs', days: null, until: 'Until the job is done', task: null },
  answer: {
    what: 'Answers under an Idempotency-Key',
    days: 1,
    until: 'Days after the answer',
    task: 'purge-keys',
  },
  session: {
    what: 'Sessions, with the place and the browser',
    days: 'session_days',
    until: 'Days after the login, or the logout',
    task: 'purge-sessions',
  },
  code: {
    what: 'Logins on the page of this service, until a client has exchanged them for a session',
    days: 1,
    until: 'Days after the login, at the longest',
    task: 'purge-codes',
  },
  attempt: {
    what: 'Registrations that were not proven',
    days: 'attempt_retention_days',
    until: 'Days after the attempt',
    task: 'purge-attempts',
  },
  emailChange: {
    what: 'Changes of the e-mail address',
    days: 3,
    until: 'Days after the confirmation. In this time the old address can undo the change',
    task: 'purge-attempts',
  },
  failure: {
    what: 'Counts of failed logins, under keyed hashes',
    days: 1,
    until: 'Days after the last failure',
    task: 'purge-attempts',
  },
  mail: {
    what: 'Mails that could not be sent',
    days: 'mail_retention_days',
    until: 'Days after the mail was written. A mail that was sent is deleted at once',
    task: 'purge-mails',
  },
  link: {
    what: 'Links in mails',
    days: 7,
    until: 'Days after the mail, at the longest. Most links are valid for one day',
    task: 'purge-mails',
  },
  quota: {
    what: 'Counts of mails and rows, under keyed hashes',
    days: 2,
    until: 'Days after the last count',
    task: 'purge-quotas',
  },
  operation: {
    what: 'Data that the service needs to work, without any customer',
    days: null,
    until: 'Until the operator changes it',
    task: null,
  },
}

/**
 * The retention periods of this shop, and the time of each next deletion.
 */
export async function listRetention(ctx: Context): Promise<{ data: Retention[] }> {
  mustHaveScope(ctx, 'customer:read')
  const { due } = await read(ctx, { due: query.listTaskDueTimes({ tenant: ctx.tenant }) })
  const nextRuns = new Map(due.map(({ task, dueAt }) => [task, dueAt]))
  const data = Object.entries(retentionPeriods).map(([name, { what, days, until, task }]) => ({
    name: name as RetentionName,
    what,
    days: typeof days === 'string' ? ctx.settings[days] : days,
    setting: typeof days === 'string' ? days : null,
    until,
    task,
    nextRunAt: (task !== null && nextRuns.get(task)) || null,
  }))
  return { data }
}
