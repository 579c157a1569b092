import type { TestApp } from '../../support/app.ts'
import type { Story } from './command.ts'
import { bring, empty } from './people.ts'
import { makeGroup, perform } from './perform.ts'
import { rest, restAtMoments } from './rest.ts'
import { RuleWorld } from './world.ts'

let shops = 0
/** Moments to which a story goes at its end. */
const MOMENTS = 1

/** Lets a story happen to a shop, and looks whenever all work is done whether groups hold whom they should. Throws what is not so. */
export async function live(app: TestApp, { people, rules, open, steps, mischief }: Story) {
  await empty(app)
  const world = new RuleWorld(app, `r${++shops}`, mischief, open)
  const told: string[] = []
  const note = (name: string, what: unknown) => {
    told.push(`${name}: ${JSON.stringify(what)} ${world.answers.splice(0).join(', ')}`)
    if (world.problems.length > 0) throw new Error([...told, ...world.problems].join('\n'))
  }
  world.calmDown()
  await bring(world, people)
  for (const [group, rule] of rules.entries()) await makeGroup(world, group, rule, open)
  note('opening', { people, rules, open })
  world.stirUp()
  for (const [n, step] of steps.entries()) {
    world.seen = await world.look()
    await Promise.all(step.map((command) => perform(world, command)))
    note(`step ${n + 1} at ${app.runtime.now().toISOString()}`, step)
  }
  world.calmDown()
  await rest(world)
  note('at rest', {})
  await restAtMoments(world, MOMENTS)
  note('at moments', {})
  return world.counts
}
