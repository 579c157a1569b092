import pg from 'pg'
import { makePasswordHasher } from '../../src/core/identity/password-hasher.ts'
import type { BenchService } from './bench-service.ts'
import { emailTimingQuestions, type Question } from './email-timing-question.ts'
import { HttpConnection } from './http-connection.ts'
import { type BenchRequest, encodeRequest } from './load.ts'

const ROUNDS = 60

/**
 * How long a stranger waits for an answer about an address with an account, and about one that nobody has, turn by turn in
 * random order. `z` is Mann and Whitney's: beyond ±3 the two can be told apart.
 */
export async function measureTimingParity(
  stage: BenchService,
  say: (line: string) => void,
): Promise<void> {
  // Each is asked about once: an address that was mailed within the minute is less work, known or not.
  const questions = await emailTimingQuestions(stage)
  const count = (whose: Question['known']) =>
    ROUNDS * Object.values(questions).filter(({ known }) => known === whose).length
  const addresses = {
    account: await giveAccounts(stage.databaseUrl, count('account')),
    guest: await giveGuests(stage.databaseUrl, count('guest')),
  }
  const connection = new HttpConnection(stage.workerd.urlOf('service'))
  const host = new URL(stage.workerd.urlOf('service')).host
  const timed = async (shot: BenchRequest) => {
    const request = encodeRequest(host, stage.storefrontToken, shot)
    const sent = performance.now()
    const status = await connection.send(request)
    if (![200, 202, 401].includes(status)) throw new Error(`${shot.path} answered ${status}`)
    return performance.now() - sent
  }
  say(`${'question'.padEnd(18)} known p50  nobody p50        z`)
  for (const [name, { known: whose, ask }] of Object.entries(questions)) {
    const [known, nobody]: [number[], number[]] = [[], []]
    for (const [round, email] of addresses[whose].splice(0, ROUNDS).entries()) {
      const stranger = `${name.replace(/\W+/g, '-')}${round}@nobody.example`
      const turns = [
        [known, await ask(email)],
        [nobody, await ask(stranger)],
      ] as const
      for (const [times, shot] of Math.random() < 0.5 ? turns : turns.toReversed()) {
        times.push(await timed(shot))
      }
    }
    const figures = [median(known), median(nobody), distinction(known, nobody)]
    say(name.padEnd(18) + figures.map((n) => n.toFixed(2).padStart(9)).join('   '))
  }
  connection.close()
}

/** The fill also makes addresses of names that the service does not take in an address. */
const isOrdinary = String.raw`email ~ '^[a-z0-9]+(\.[a-z0-9]+)*@[a-z.]+$'`

/** Addresses of accounts in use, with passwords that cost what they cost in the world. */
const giveAccounts = async (databaseUrl: string, limit: number) =>
  addressesOf(
    databaseUrl,
    `update customer set password_hash = $1, claimed_at = created_at where (tenant, id) in (
      select tenant, id from customer where status = 'active' and ${isOrdinary} order by hashtext(id) limit $2) returning email`,
    [await makePasswordHasher().hash('the right password 7'), limit],
  )

/** Addresses of guests. */
const giveGuests = (databaseUrl: string, limit: number) =>
  addressesOf(
    databaseUrl,
    `select email from customer where status = 'guest' and ${isOrdinary} order by hashtext(id) limit $1`,
    [limit],
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
