import { type Context, mayUse, read, type Settings } from '#core/context'
import type { RetentionName } from '#db/personal'
import * as query from './generated/query.ts'
import type { Retention } from './view.ts'

type DaysName = {
  [K in keyof Settings]-?: Settings[K] extends number ? K : never
}[keyof Settings]

/** How long something is kept. */
type Period = {
  /** What is kept. */
  readonly what: string
  /** The setting that says for how many days, or the number of days; null: until something else happens. */
  readonly days: DaysName | number | null
  /** From when the days count, or what ends the period. */
  readonly until: string
  /** The task of the clock that deletes what is older, a bounded number at once, every night. */
  readonly task: string | null
}

/** The periods for which data is kept. `docs/privacy.md` and `GET /retention` show them. */
export const retentions: Readonly<Record<RetentionName, Period>> = {
  account: {
    what: 'Accounts, address books and what customers are found by',
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
    what: 'Guests without an order whom a storefront made',
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
    until:
      'Without end: they prove that it was done, and a restored backup is erased again by them',
    task: null,
  },
  group: {
    what: 'Memberships in groups',
    days: null,
    until: 'The membership ends, or the customer is erased',
    task: null,
  },
  merge: {
    what: 'Merges, with the state of both customers before',
    days: null,
    until: 'One of the two is erased: its part of the record goes',
    task: null,
  },
  event: {
    what: 'Events',
    days: 'event_retention_days',
    until: 'Days after the event. What an erased customer had in it goes at once',
    task: 'purge-events',
  },
  delivery: {
    what: 'Deliveries to webhooks, with the beginning of the answer',
    days: 'delivery_retention_days',
    until: 'Days after it arrived or failed for good',
    task: 'purge-deliveries',
  },
  deadLetter: {
    what: 'Messages that the queue gave up on',
    days: 'dead_letter_retention_days',
    until: 'Days after the queue gave up',
    task: 'purge-dead-letters',
  },
  job: { what: 'Work that is still to do', days: null, until: 'It is done', task: null },
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
    until: 'Days after the confirmation: the old address can undo it for so long',
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
    until: 'Days after the mail, at the longest; most live for one day',
    task: 'purge-mails',
  },
  quota: {
    what: 'Counts of mails and rows, under keyed hashes',
    days: 2,
    until: 'Days after the last of them',
    task: 'purge-quotas',
  },
  operation: {
    what: 'What the service needs to work, and which names no customer',
    days: null,
    until: 'The operator changes it',
    task: null,
  },
}

/**
 * How long what is kept in this shop, and when what is older is deleted next.
 */
export async function listRetention(ctx: Context): Promise<{ data: Retention[] }> {
  mayUse(ctx, 'customer:read')
  const { due } = await read(ctx, { due: query.listDue({ tenant: ctx.tenant }) })
  const nextRuns = new Map(due.map(({ task, dueAt }) => [task, dueAt]))
  const data = Object.entries(retentions).map(([name, { what, days, until, task }]) => ({
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
