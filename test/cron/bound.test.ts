import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Context, SystemContext } from '#core/context'
import { sleep, type Timer } from '#kernel/timer'
import { runDueTasks } from '../../src/cron/run-due-tasks.ts'
import { dailyScheduleAt, eachMinuteSchedule } from '../../src/cron/schedule.ts'
import { minuteTasks, nightTasks, type Task, tasks } from '../../src/cron/task.ts'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'
import { virtualTimer } from '../support/virtual-timer.ts'

// What holds for one task must hold for every one: each takes a turn at being the one that makes trouble among the others.
const app = await startTestApp({ database: await freshDatabase() })
const MINUTE = 60_000
const settings = app.runtime.config.tenants.get(app.tenant)
if (settings === undefined) throw new Error('no settings')
const tenants = Array.from({ length: 5 }, (_, n) => `tenant${n}`)
const [first = ''] = tenants
const runtimeWith = (timer: Timer, names = tenants) => ({
  ...app.runtime,
  timer,
  config: { ...app.runtime.config, tenants: new Map(names.map((name) => [name, settings])) },
})

type Step = (tenants: readonly string[]) => Promise<boolean>

/** A task with its name and its kind, and another step. */
function playing(task: Task, step: Step): Task {
  const { name, next, rest } = task
  return 'forAll' in task
    ? { name, next, rest, forAll: (system: SystemContext) => step([...system.tenants.keys()]) }
    : { name, next, rest, forEach: (ctx: Context) => step([ctx.tenant]) }
}

type World = { readonly timer: Timer; readonly served: string[][] }
type Trouble = {
  readonly step: (world: World) => Step
  /** For whom it stays due, if not at least for the first tenant. */
  readonly left?: readonly string[]
  readonly fails?: true
}

const STEP_MS = 200
/** While it is true, there is no trouble any more. */
let isMended = false
const isTrouble = (of: readonly string[]) => of.includes(first) && !isMended

const troubles: Readonly<Record<string, Trouble>> = {
  'always has more for one tenant': {
    step:
      ({ timer }) =>
      async (of) => {
        await sleep(timer, STEP_MS)
        return isTrouble(of)
      },
    left: [first],
  },
  'always has more for all': {
    step:
      ({ timer }) =>
      async () => {
        await sleep(timer, STEP_MS)
        return !isMended
      },
    left: tenants,
  },
  'has steps that are slow': {
    step:
      ({ timer }) =>
      async (of) => {
        if (isTrouble(of)) await sleep(timer, 45_000)
        return isTrouble(of)
      },
  },
  'fails in the middle': {
    step:
      ({ timer, served }) =>
      async (of) => {
        await sleep(timer, STEP_MS)
        if (isTrouble(of) && served.length > 2) throw new Error('broken')
        return isTrouble(of)
      },
    left: [first],
    fails: true,
  },
  'never answers': {
    step: () => async (of) => {
      if (isTrouble(of)) await new Promise(() => undefined)
      return false
    },
    fails: true,
  },
}

beforeAll(() => void vi.spyOn(console, 'error').mockReturnValue())
afterAll(() => void vi.restoreAllMocks())

const DAY = 24 * 60
/** Begins at 04:00 of another day: at 03:17 the tasks of the night would be due for all. */
let minute = (Math.ceil(app.runtime.now().getTime() / MINUTE / DAY) + 1) * DAY + 4 * 60
/** Longer than a lease. */
const LATER = 3 * MINUTE

async function dueFor({ name }: Task): Promise<string[]> {
  const at = new Date(minute * MINUTE).toISOString()
  const [rows = []] = await app.db.run([
    sql`select tenant from tick where task = ${name} and due_at <= ${at} order by tenant`,
  ])
  return rows.map((row) => String(row.tenant))
}

/** One minute with a task that makes trouble among all the others. Answers how long it took, and whom each step has served. */
async function run(troubled: Task, trouble: Trouble) {
  const timer = virtualTimer()
  const steps = new Map<string, string[][]>(tasks.map(({ name }) => [name, []]))
  const known = tasks.map((task) => {
    const served = steps.get(task.name) ?? []
    const play = task === troubled ? trouble.step({ timer, served }) : async () => false
    return playing(task, (of) => {
      served.push([...of])
      return play(of)
    })
  })
  let failed = false
  await runDueTasks({ scheduledTime: minute * MINUTE }, runtimeWith(timer), known).catch(() => {
    failed = true
  })
  const servedBy = ({ name }: Task) => new Set(steps.get(name)?.flat())
  return { took: timer.now(), steps: steps.get(troubled.name) ?? [], servedBy, failed }
}

const isMinutely = ({ next }: Task) => next(new Date(0)).getTime() === MINUTE

describe.each(Object.entries(troubles))('a task that %s', (_, trouble) => {
  test.each(tasks)(
    '$name: the minute ends in time, all else is done, and a later minute ends it',
    async (troubled) => {
      isMended = false
      await app.db.run([sql`delete from tick`])
      const { took, failed, servedBy, steps } = await run(troubled, trouble)
      expect(took).toBeLessThan(MINUTE)
      expect(failed).toBe(trouble.fails === true)
      for (const other of tasks) {
        if (other !== troubled) expect(servedBy(other), other.name).toEqual(new Set(tenants))
      }
      // Its tenants have taken turns.
      if (trouble.left !== undefined) {
        expect(servedBy(troubled)).toEqual(new Set(tenants))
        const times = trouble.left.map((one) => steps.filter((of) => of.includes(one)).length)
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1)
      }
      const left = await dueFor(troubled)
      expect(left).toEqual(trouble.left ?? expect.arrayContaining([first]))
      // It goes on for whom it is left; a task of the night for nobody else.
      isMended = true
      minute++
      app.advance(LATER)
      const next = await run(troubled, trouble)
      expect(next.failed).toBe(false)
      expect(next.servedBy(troubled)).toEqual(new Set(isMinutely(troubled) ? tenants : left))
      expect(await dueFor(troubled)).toEqual([])
    },
  )
})

test('of more tenants than one minute can serve, those who were not served are first in the next', async () => {
  const timer = virtualTimer()
  const many = Array.from({ length: 250 }, (_, n) => `many${n}`)
  const counts = new Map(many.map((name) => [name, 0]))
  const busy: Task = {
    name: 'busy',
    next: eachMinuteSchedule,
    rest: 1,
    async forEach({ tenant }) {
      counts.set(tenant, (counts.get(tenant) ?? 0) + 1)
      await sleep(timer, STEP_MS)
      return false
    },
  }
  for (let n = 0; n < 3; n++) {
    await runDueTasks({ scheduledTime: minute++ * MINUTE }, runtimeWith(timer, many), [busy])
  }
  const served = [...counts.values()]
  expect([Math.min(...served), Math.max(...served)]).toEqual([1, 2])
})

test.each([
  ['each minute', minuteTasks, 1],
  ['each night', nightTasks, 12],
] as const)(
  'a task of %s rests after each step so that requests have the database',
  async (_, known, rest) => {
    for (const task of known) {
      const timer = virtualTimer()
      let steps = 0
      const working = playing(task, async () => {
        steps++
        await sleep(timer, STEP_MS)
        return true
      })
      await app.db.run([sql`delete from tick`])
      await runDueTasks({ scheduledTime: minute++ * MINUTE }, runtimeWith(timer, [first]), [
        working,
      ])
      // No step begins after forty seconds.
      expect(steps, task.name).toBe(Math.ceil(40_000 / (STEP_MS * (1 + rest))))
    }
  },
)

test.each([
  ['has an end', 30, true],
  ['has none in this minute', Number.POSITIVE_INFINITY, false],
])(
  'what is due each minute goes before the night, and leaves it a part if it %s',
  async (_, steps, isWhole) => {
    const timer = virtualTimer()
    const order: string[] = []
    const working = (name: string, next: Task['next'], most: number): Task => ({
      name,
      next,
      rest: 1,
      async forEach() {
        order.push(name)
        await sleep(timer, STEP_MS)
        return order.filter((one) => one === name).length < most
      },
    })
    const both = [
      working('night', dailyScheduleAt(3, 17), 1e9),
      working('often', eachMinuteSchedule, steps),
    ]
    await app.db.run([sql`delete from tick`])
    await runDueTasks({ scheduledTime: minute++ * MINUTE }, runtimeWith(timer, [first]), both)
    const before = order.indexOf('night')
    // Twenty seconds are fifty steps with their rests, and one that is on its way.
    expect(before).toBe(isWhole ? steps : 51)
    expect(order.slice(before).filter((one) => one === 'night').length).toBeGreaterThan(20)
  },
)
