import { expect, inject, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { openMails } from '../support/mail.ts'
import { seededRandom } from '../support/random.ts'
import { logIn, makeShopper, PASSWORD } from '../support/shopper.ts'
import { sql } from '../support/sql.ts'
import { type Owner, ownersIn } from './owners.ts'
import { attacksOn, pick, placesOf } from './strangers.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK_HOURS = 7 * 24

const isWhole = inject('abuse')
/** `npm run abuse` goes through every hour of the week, `npm test` through one of each day. */
const [hours, step, seeds] = isWhole ? [WEEK_HOURS, HOUR + MINUTE, [1, 2, 3]] : [6, DAY, [1]]
/** Requests of all kinds on anybody in an hour. */
const MIXED = isWhole ? 60 : 15
/** Those of one kind on one person: wrong passwords enough to reach the far bound, though those at places that have to wait do not count. */
const focusedOn = (kind: string) => {
  if (kind === 'login') return isWhole ? 150 : 110
  return isWhole ? 110 : 40
}
const MAILS_PER_HOUR = 25

/** What a stranger turns on one person, hour by hour. */
const kinds = [
  'login',
  'forgot',
  'register a plus address',
  'register',
  'guest checkout',
  'resend',
] as const

test.each(seeds)('a stranger has a week, and no owner notices (seed %s)', async (seed) => {
  const random = seededRandom(seed)
  const app = await startTestApp({
    settings: { max_mails_per_hour: MAILS_PER_HOUR, max_mails_per_domain: MAILS_PER_HOUR },
  })
  const inbox = watchMails(app)
  const owners = await makeOwners(app)
  const places = placesOf(isWhole ? 200 : 60)
  const newcomers = Array.from({ length: hours }, (_, n) => `newcomer${n}@new${n}.example`)
  let target: string | null = null
  const attacks = attacksOn(app, random, {
    known: owners.map(({ email }) => email),
    unknown: newcomers,
    target: () => target,
  })
  const people = ownersIn(app, random, inbox.read)
  await inbox.read()
  const outcomes: string[] = []
  let locks = 0

  for (let hour = 0; hour < hours; hour++) {
    inbox.startHour()
    const began = app.runtime.now().getTime()
    const kind = kinds[hour % kinds.length] ?? 'login'
    const isOnOwner = hour % 12 < 6
    const [sharing, ...others] = owners
    const victim = pick(random, others)
    const newcomer = newcomers[hour] ?? ''

    for (let n = 0; n < MIXED; n++) await pick(random, Object.values(attacks))(pick(random, places))
    target = isOnOwner ? victim.email : newcomer
    for (let n = 0; n < focusedOn(kind); n += 10) {
      const wave = Array.from({ length: 10 }, (_, i) => places[(n + i) % places.length] ?? '')
      await Promise.all(wave.map((place) => attacks[kind]?.(place)))
      await inbox.read()
    }
    target = null

    const proven = [...owners.map(({ email }) => email), ...newcomers.slice(0, hour)]
    const unproven = inbox.sentTo((to) => !proven.includes(to))
    expect(unproven, 'mails to addresses that nobody has proven').toBeLessThanOrEqual(
      MAILS_PER_HOUR,
    )
    expect(inbox.sentTo((to) => to === victim.email)).toBeLessThanOrEqual(60)
    // Only the login of one whose page keeps no device can be shut, and the inbox opens it.
    const isOpened = app.runtime.now().getTime() - victim.resetAt < DAY
    const isLocked = kind === 'login' && isOnOwner && (await isAnyLocked(app))
    const isShut = isLocked && victim.deviceToken === null && !isOpened
    if (isLocked) locks++
    expect(await people.visit(victim)).toBe(isShut ? 'reset' : 'in')
    if (sharing !== undefined) expect(await people.visit(sharing)).toBe('in')
    outcomes.push(await people.visit(pick(random, others)))
    if (hour % 3 === 0) await people.reset(pick(random, others))
    await people.checkOut(`visitor${hour}@visitors.example`, `203.0.113.${200 + (hour % 50)}`)
    outcomes.push(await people.join(newcomer, `203.0.113.${100 + (hour % 100)}`))
    await app.cron()
    app.advance(Math.max(0, began + step - app.runtime.now().getTime()))
    if (!isWhole || hour % 24 === 23) await app.cron('17 3 * * *')
  }
  // The bounds were reached: a newcomer had to wait for the next hour, and an account was locked.
  expect(outcomes).toContain('later')
  if (isWhole) expect(locks).toBeGreaterThan(0)
  await expectRowsWithin(app, places.length)
})

/** Whether failures from all places together hold an account shut: the tries at places that had to wait themselves do not count. */
async function isAnyLocked({ db, tenant, runtime }: TestApp): Promise<boolean> {
  const now = runtime.now().toISOString()
  const [locked = []] = await db.run([
    sql`select from failure where tenant = ${tenant} and count >= 100 and blocked_until > ${now}`,
  ])
  return locked.length > 0
}

/** People with accounts. Every second one's page keeps the device; the first one sits in the place of a stranger. */
async function makeOwners(app: TestApp): Promise<Owner[]> {
  const owners: Owner[] = []
  for (let n = 0; n < 6; n++) {
    const shopper = await makeShopper(app)
    const keepsDevice = n % 2 === 0
    const deviceToken = keepsDevice ? (await logIn(app, shopper)).deviceToken : null
    const place = n === 0 ? '198.19.0.0' : `203.0.113.${n}`
    owners.push({
      email: shopper.email,
      password: PASSWORD,
      place,
      keepsDevice,
      deviceToken,
      resetAt: 0,
    })
  }
  return owners
}

function watchMails(app: TestApp) {
  const mails = openMails(app)
  const newest = new Map<string, string>()
  let sent: string[] = []
  return {
    startHour: () => {
      sent = []
    },
    sentTo: (is: (to: string) => boolean) => sent.filter(is).length,
    async read() {
      for (const { to, token, text } of await mails.all()) {
        sent.push(to)
        expect(text).not.toMatch(/evil/)
        if (token !== '') newest.set(to, token)
      }
      return { newest: (email: string) => newest.get(email) }
    },
  }
}

/** The rows that strangers have made are within what their places may make, and are gone when their time is over. */
async function expectRowsWithin(
  { db, tenant, advance, cron }: TestApp,
  places: number,
): Promise<void> {
  const count = async () => {
    const [[row] = []] = await db.run([
      sql`select
        (select count(*)::int from attempt where tenant = ${tenant}) as attempts,
        (select coalesce(max(n), 0)::int from (select count(*) as n from attempt where tenant = ${tenant} group by email_key) a) as of_one_address,
        (select count(*)::int from customer where tenant = ${tenant} and status = 'guest') as guests,
        (select count(*)::int from quota where tenant = ${tenant}) as quotas,
        (select count(*)::int from failure where tenant = ${tenant}) as failures`,
    ])
    return row
  }
  const made = await count()
  expect(Number(made?.of_one_address)).toBeLessThanOrEqual(10)
  expect(Number(made?.attempts)).toBeLessThanOrEqual(places * 100 * 24)
  expect(Number(made?.guests)).toBeLessThanOrEqual(places * 100 * WEEK_HOURS)
  advance(8 * DAY)
  await cron('17 3 * * *')
  expect(await count()).toEqual({
    ...{ attempts: 0, of_one_address: 0, guests: 0, quotas: 0, failures: 0 },
  })
}
