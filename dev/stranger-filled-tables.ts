import type { Table } from 'drizzle-orm'
import { Settings } from '../src/core/context/settings.ts'
import { unprovenCreationBoundRule } from '../src/core/limit/mail-and-unproven-bounds.ts'
import type * as schema from '../src/db/schema/index.ts'

type Bound = {
  /** Who or what bounds its rows. */
  readonly by: string
  /** When a row goes. */
  readonly goes: string
}

type TableName<T> = T extends Table<infer C> ? C['name'] : never
type Tables = { [K in keyof typeof schema]: TableName<(typeof schema)[K]> }[keyof typeof schema]

const usual = Settings.parse({})
const place = `${unprovenCreationBoundRule.most} guests, registrations and revocations an hour per place, twice as many from a /56 and four times from a /48`
const mails = 'the bounds of mails'
const oneEach = 'one for each guest'

/** The tables that a caller with a storefront's token can fill, and the bound of each. `test/http/stranger-table.test.ts` checks that none is missing. */
export const strangerFilledTables: Readonly<Partial<Record<Tables, Bound>>> = {
  attempt: {
    by: `${place}; per address, the newest 5 live and the newest 5 unsent ones keep their content. Older ones lose it. Of these, the newest 10 per place and at most 500 per address stay`,
    goes: '24 hours after its newest mail, or with its proof',
  },
  customer: {
    by: place,
    goes: `an unproven guest without an order after \`unproven_guest_retention_days\` (${usual.unproven_guest_retention_days})`,
  },
  address: { by: 'one for each guest, at most 40 KB', goes: 'with the guest' },
  list_entry: { by: 'one for each guest', goes: 'with the guest' },
  find_key: {
    by: 'at most 420 for each guest (100 for each of four texts of the address, and twenty more); at most 70 for each account (50 values of metadata, and twenty more)',
    goes: 'with the guest or the account',
  },
  name_spelling: {
    by: 'at most 31 for each word of the names of a guest',
    goes: 'in the night after the last customer with the word has gone',
  },
  event: {
    by: `${oneEach}, and one for the deletion of the guest`,
    goes: `with the guest; the event of the deletion after \`event_retention_days\` (${usual.event_retention_days})`,
  },
  delivery: {
    by: 'none for an unproven guest (`announce_unproven_guests`)',
    goes: '30 days after it was settled',
  },
  job: { by: 'one for each event and each mail', goes: 'when it is done, within seconds' },
  mail: { by: mails, goes: 'when it is sent, or after 8 days' },
  mail_token: {
    by: `${mails}; one per purpose and registration, and three per handle of a login`,
    goes: 'when it is used, or after 24 hours',
  },
  quota: {
    by: 'ten for each mail that is sent, three for each guest and registration',
    goes: 'after 2 days without another count',
  },
  failure: {
    by: 'at most six for each password that the service checks',
    goes: 'after a day without another failure',
  },
  idempotency: {
    by: 'one for each guest and registration with a key',
    goes: 'after 24 hours',
  },
  session: {
    by: 'the newest 50 of an account; opening one needs a password or access to the inbox',
    goes: `after \`session_days\` (${usual.session_days})`,
  },
  passkey: { by: '20 per account; adding one needs a login', goes: 'with the account' },
  spent_proof: {
    by: 'one for each login with a passkey',
    goes: 'in the night after it has expired (after five minutes)',
  },
  revoked_token: { by: place, goes: 'when the token expires, within an hour' },
}
