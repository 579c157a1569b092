import type { Command } from './command.ts'
import { same } from './invariant.ts'
import type { World } from './world.ts'

let changes = 0

/** Somebody asks for a merge: of any two, by a plan, by a plan that is no longer true, or at the same time as somebody else. */
export async function merge(world: World, { into, from, how }: Command<'merge'>): Promise<void> {
  const survivor = world.who(into)
  const merged = world.who(into + 1 + from)
  if (survivor === undefined || merged === undefined) return
  const path = `/customer/${survivor}/merge`
  const ask = (fields: object = {}) => world.post(path, { from: merged, ...fields })
  if (how === 'plain') await ask()
  if (how === 'twice') await Promise.all([ask(), ask()])
  if (how !== 'planned' && how !== 'stale') return
  const preview = await world.ask('POST', `${path}/preview`, { body: { from: merged } })
  if (preview.status !== 200) return
  const { planId, addresses } = preview.body
  if (how === 'planned') {
    const { status, body } = await ask({ planId })
    const moved = body.detail?.addressIds
    if (status === 201 && !same([...moved].sort(), [...addresses].sort())) {
      world.problems.push(`${body.id} did not do what its preview showed`)
    }
    return
  }
  const metadata = { changed: String(++changes) }
  const changed = await world.ask('PATCH', `/customer/${merged}`, { body: { metadata } })
  if (changed.status !== 200) return
  const { status } = await ask({ planId })
  if (status === 201) world.problems.push(`${merged} was merged by a plan that was stale`)
}

export async function undo(world: World, { merge: n, twice }: Command<'undo'>): Promise<void> {
  const id = world.mergeAt(n)
  if (id === undefined) return
  const ask = () => world.post(`/merge/${id}/undo`, undefined)
  const answers = await Promise.all(twice ? [ask(), ask()] : [ask()])
  const statuses = answers.map(({ status }) => status)
  if (new Set(statuses).size > 1) world.problems.push(`${id} undone twice is answered ${statuses}`)
}
