import pg from 'pg'
import { makePasswords } from '../../src/core/identity/password.ts'
import { Connection } from './connection.ts'
import { encode, type Shot } from './load.ts'
import type { Stage } from './stage.ts'

const ROUNDS = 60

/** @property known who has the address that is known. */
type Question = { readonly known: 'account' | 'guest'; readonly ask: (email: string) => Shot }
const about = (known: Question['known'], path: string, more: object = {}): Question => ({
  known,
  ask: (email) => ({ method: 'POST', path, body: { email, ...more } }),
})

const address = {
  line1: '1 Main St',
  city: 'Reno',
  state: 'NV',
  postalCode: '89501',
  country: 'US',
}
const named = { firstName: 'Jane', lastName: 'Doe' }

const questions: Readonly<Record<string, Question>> = {
  registration: about('account', '/customer', { password: 'typed in a shop 5' }),
  login: about('account', '/auth/login', { password: 'not the password' }),
  forgot: about('account', '/auth/password/forgot'),
  resend: about('account', '/auth/verify-email/resend'),
  code: about('account', '/auth/code'),
  guest: about('guest', '/customer/guest', named),
  'guest, address': about('guest', '/customer/guest', { ...named, address }),
  'guest, account': about('account', '/customer/guest', { ...named, address }),
}

const count = (whose: Question['known']) =>
  Object.values(questions).filter(({ known }) => known === whose).length

/**
 * How long a stranger waits for an answer about an address with an account, and about one that nobody has, turn by turn in
 * random order. `z` is Mann and Whitney's: beyond ±3 the two can be told apart.
 */
export async function measureParity(stage: Stage, say: (line: string) => void): Promise<void> {
  // Each is asked about once: an address that was mailed within the minute is less work, known or not.
  const addresses = {
    account: await giveAccounts(stage.databaseUrl),
    guest: await giveGuests(stage.databaseUrl),
  }
  const connection = new Connection(stage.workerd.urlOf('service'))
  const host = new URL(stage.workerd.urlOf('service')).host
  const timed = async (shot: Shot) => {
    const request = encode(host, stage.storefrontToken, shot)
    const sent = performance.now()
    const status = await connection.send(request)
    if (status !== 202 && status !== 401) throw new Error(`${shot.path} answered ${status}`)
    return performance.now() - sent
  }
  say(`${'question'.padEnd(14)} known p50  nobody p50        z`)
  for (const [name, { known: whose, ask }] of Object.entries(questions)) {
    const [known, nobody]: [number[], number[]] = [[], []]
    for (const [round, email] of addresses[whose].splice(0, ROUNDS).entries()) {
      const stranger = `${name.replace(/\W+/g, '-')}${round}@nobody.example`
      const turns = [
        async () => known.push(await timed(ask(email))),
        async () => nobody.push(await timed(ask(stranger))),
      ]
      for (const turn of Math.random() < 0.5 ? turns : turns.reverse()) await turn()
    }
    const figures = [median(known), median(nobody), distinction(known, nobody)]
    say(name.padEnd(14) + figures.map((n) => n.toFixed(2).padStart(9)).join('   '))
  }
  connection.close()
}

/** The fill also makes addresses of names that the service does not take in an address. */
const isOrdinary = String.raw`email ~ '^[a-z0-9]+(\.[a-z0-9]+)*@[a-z.]+$'`

/** Addresses of accounts in use, with passwords that cost what they cost in the world. */
const giveAccounts = async (databaseUrl: string) =>
  addressesOf(
    databaseUrl,
    `update customer set password_hash = $1, claimed_at = created_at where (tenant, id) in (
      select tenant, id from customer where status = 'active' and ${isOrdinary} order by hashtext(id) limit $2) returning email`,
    [await makePasswords().hash('the right password 7'), ROUNDS * count('account')],
  )

/** Addresses of guests. */
const giveGuests = (databaseUrl: string) =>
  addressesOf(
    databaseUrl,
    `select email from customer where status = 'guest' and ${isOrdinary} order by hashtext(id) limit $1`,
    [ROUNDS * count('guest')],
  )

async function addressesOf(databaseUrl: string, text: string, values: unknown[]) {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ email: string }>(text, values)
    return rows.map(({ email }) => email)
  } finally {
    await client.end()
  }
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

/** How many standard deviations the ranks of the one are from those of the other. */
function distinction(one: readonly number[], other: readonly number[]): number {
  const wins = one.reduce((sum, a) => sum + other.filter((b) => a > b).length, 0)
  const pairs = one.length * other.length
  return (wins - pairs / 2) / Math.sqrt((pairs * (one.length + other.length + 1)) / 12)
}
