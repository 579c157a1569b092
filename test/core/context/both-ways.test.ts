import { expect, inject, test, vi } from 'vitest'
import { degraded, forgetMissing } from '#db/fallback'
import { allRows } from '../../support/all-rows.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { endpoints } from '../../support/extra/job.ts'
import { Likeness } from '../../support/likeness.ts'
import { readLists } from '../../support/lists.ts'
import { record } from '../../support/recording.ts'
import { runCrons, runRequests } from '../../support/scenario.ts'
import { addLaterRows, addTwins, isTwins, keepRows } from '../../support/twin.ts'
import { calledByOthers, databaseWithout } from '../../support/without-functions.ts'

const lists = await readLists()

// One after the other: which functions are missing is known once for all apps of this process.
const whole = await run(await freshDatabase())
const lacking = await run(await databaseWithout())
const beside = await runBesideTwins()

const names = Object.keys(lists)
/** Those that the Worker calls. */
const useCases = names.filter((name) => !calledByOthers().has(name))

/** What a shop answered, wrote and sent, in words that another shop has too. */
async function run(database: string, begin: (app: TestApp) => Promise<void> = async () => {}) {
  const called = watchCalls()
  const listed = watchLists()
  muteAlarm()
  // How long an endpoint takes, and the moment that a cron is for.
  vi.spyOn(Date, 'now').mockReturnValue(inject('start'))
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const app = await startTestApp({ database, frozen: true, sessions: 1, fetch: endpoints })
  const recording = record(app)
  const look = async (when: string) =>
    [...(await allRows(database))].map(([table, rows]) => ({
      when,
      table,
      rows: rows.filter((row) => !isTwins(row)),
    }))
  const others: TestApp[] = []
  try {
    await begin(app)
    const extra = await runRequests(recording.app, others)
    const before = await look('before the nightly work')
    const kept = await keepRows(database)
    await runCrons(recording.app)
    const after = await look('after it')
    const likeness = new Likeness([app, ...others])
    return {
      answers: [...recording.answers, ...extra].map((answer) => likeness.of(answer)),
      rows: [...before, ...after].map((found) => ({
        ...found,
        rows: likeness.ofSorted(found.rows),
      })),
      jobs: [app, ...others].map(({ sent }) => likeness.ofSorted(sent)),
      mails: likeness.ofSorted(recording.mails),
      called,
      listed,
      missing: degraded(),
      tenant: app.tenant,
      kept,
    }
  } finally {
    vi.restoreAllMocks()
    forgetMissing()
  }
}

/** The same in a database in which another tenant has all that this one has, and all that it will have. */
async function runBesideTwins() {
  const database = await freshDatabase()
  await addTwins(database)
  return run(database, ({ tenant }) =>
    addLaterRows(database, whole.kept, { was: whole.tenant, is: tenant }),
  )
}

/** The alarm is meant here; another error is not. */
function muteAlarm(): void {
  const print = console.error
  vi.spyOn(console, 'error').mockImplementation((line) => {
    if (!String(line).includes('a function is missing')) print(line)
  })
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
}

/** The names of functions in what is sent to the database, by any app. */
function watchCalls(): ReadonlySet<string> {
  const found = new Set<string>()
  const send = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    for (const [, name = ''] of String(init?.body).matchAll(/\b(\w+_[0-9a-f]{8})\(/g))
      found.add(name)
    return send(input, init)
  })
  return found
}

/** The use cases whose lists were read, which happens when they are sent. */
function watchLists(): ReadonlySet<string> {
  const read = new Set<string>()
  for (const [name, list] of Object.entries(lists)) {
    const get = () => {
      read.add(name)
      return list
    }
    Object.defineProperty(lists, name, { get, configurable: true, enumerable: true })
  }
  return read
}

test.each([
  ['called', whole.called],
  ['sent as its statements', lacking.listed],
])('every use case was %s', (_, found) => {
  const others = useCases.filter((name) => !found.has(name))
  expect(others, 'add requests that need these to test/support/extra').toEqual([])
})

test('one database lacks no function, and those that the other has are not for the Worker', () => {
  expect(whole.missing).toEqual([])
  expect(names.filter((name) => !useCases.includes(name) && whole.called.has(name))).toEqual([])
})

test('both answer the same', () => {
  expect(lacking.answers).toEqual(whole.answers)
})

test.each(whole.rows)('both have the same rows in $table $when', (expected) => {
  const { when, table } = expected
  expect(lacking.rows.find((found) => found.table === table && found.when === when)).toEqual(
    expected,
  )
})

test('both send the same jobs and mails', () => {
  expect(lacking.jobs).toEqual(whole.jobs)
  expect(lacking.mails).toEqual(whole.mails)
})

test('who shares the database with a tenant that has the same keys gets the same answers', () => {
  expect(beside.answers).toEqual(whole.answers)
  expect(beside.jobs).toEqual(whole.jobs)
  expect(beside.mails).toEqual(whole.mails)
})

test.each(whole.rows)('it has the same rows in $table $when', ({ when, table, rows }) => {
  const found = beside.rows.find((one) => one.table === table && one.when === when)
  expect(found?.rows).toEqual(rows)
})

test('that tenant has every row of this one', () => {
  for (const [table, rows] of beside.kept) {
    const twins = rows.filter(({ tenant }) => String(tenant).startsWith('twin-'))
    const own = rows.filter((row) => !isTwins(row))
    expect([table, twins.length]).toEqual([table, own.length])
  }
})
