import pg from 'pg'
import { makePasswords } from '../../src/core/identity/password.ts'
import { Connection } from './connection.ts'
import { encode, type Shot } from './load.ts'
import type { Stage } from './stage.ts'

const ROUNDS = 60
const questions: Readonly<Record<string, (email: string) => Shot>> = {
  registration: (email) => post('/customer', { email, password: 'typed in a shop 5' }),
  login: (email) => post('/auth/login', { email, password: 'not the password' }),
  forgot: (email) => post('/auth/password/forgot', { email }),
  resend: (email) => post('/auth/verify-email/resend', { email }),
}
const post = (path: string, body: unknown): Shot => ({ method: 'POST', path, body })

const count = Object.keys(questions).length

/**
 * How long a stranger waits for an answer about an address with an account, and about one that nobody has, turn by turn in
 * random order. `z` is Mann and Whitney's: beyond ±3 the two can be told apart.
 */
export async function measureParity(stage: Stage, say: (line: string) => void): Promise<void> {
  // Each is asked about once: an address that was mailed within the minute is less work, known or not.
  const accounts = await giveAccounts(stage.databaseUrl)
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
  for (const [name, ask] of Object.entries(questions)) {
    const [known, nobody]: [number[], number[]] = [[], []]
    for (const [round, email] of accounts.splice(0, ROUNDS).entries()) {
      const turns = [
        async () => known.push(await timed(ask(email))),
        async () => nobody.push(await timed(ask(`${name}${round}@nobody.example`))),
      ]
      for (const turn of Math.random() < 0.5 ? turns : turns.reverse()) await turn()
    }
    const figures = [median(known), median(nobody), distinction(known, nobody)]
    say(name.padEnd(14) + figures.map((n) => n.toFixed(2).padStart(9)).join('   '))
  }
  connection.close()
}

/** Addresses of accounts in use, with passwords that cost what they cost in the world. */
async function giveAccounts(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ email: string }>(
      `update customer set password_hash = $1, claimed_at = created_at where (tenant, id) in (
        select tenant, id from customer where status = 'active' order by hashtext(id) limit $2) returning email`,
      [await makePasswords().hash('the right password 7'), ROUNDS * count],
    )
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
