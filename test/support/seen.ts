import { inject, vi } from 'vitest'
import { degradedUseCases, resetMissingFunctions } from '#db/missing-functions-and-statements'
import { newId } from '#kernel/id'
import { allRows } from './all-rows.ts'
import { startTestApp, type TestApp } from './app.ts'
import { endpoints } from './extra/job.ts'
import { fenceTenants } from './fence.ts'
import { Likeness } from './likeness.ts'
import { seededRandom } from './random.ts'
import { record } from './recording.ts'
import { runCrons, runRequests } from './scenario.ts'
import { addLaterRows, addTwins, isTwins, keepRows } from './twin.ts'

/** What a shop answered, wrote and sent over the whole scenario, in words that another shop has too. */
export type Seen = Awaited<ReturnType<typeof seeShop>>

/** One after the other: which functions are missing is known once for all apps of this process. */
export async function seeShop(
  database: string,
  begin: (app: TestApp) => Promise<void> = async () => {},
) {
  muteAlarm()
  // How long an endpoint takes, and the moment that a cron is for.
  vi.spyOn(Date, 'now').mockReturnValue(inject('start'))
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  drawTheSameIds()
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
      missing: degradedUseCases(),
      tenant: app.tenant,
      kept,
    }
  } finally {
    vi.restoreAllMocks()
    resetMissingFunctions()
  }
}

/** The same in a database in which another tenant has all that `whole` has, and all that it will have. */
export async function seeShopBesideTwins(database: string, whole: Seen): Promise<Seen> {
  await addTwins(database)
  return seeShop(await fenceTenants(database), ({ tenant }) =>
    addLaterRows(database, whole.kept, { was: whole.tenant, is: tenant }),
  )
}

/** Every shop makes the same ids, so that one beside another has a row for each id that is still to be made. */
function drawTheSameIds(): void {
  const random = seededRandom(1)
  const draw = vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
    if (bytes instanceof Uint8Array) {
      for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(random() * 256)
    }
    return bytes
  })
  // What is left of earlier random bytes is used first.
  while (draw.mock.calls.length === 0) newId('customer', new Date(0))
}

/** The alarm is meant here; another error is not. */
function muteAlarm(): void {
  const print = console.error
  vi.spyOn(console, 'error').mockImplementation((line) => {
    if (!String(line).includes('a function is missing')) print(line)
  })
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
}
