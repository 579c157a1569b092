import { expect, inject, test } from 'vitest'
import { bindings, call, deliver, register } from './support/worker.ts'

const { env, sent } = bindings()

/** Subscribes an address to everything; returns what became of the next event's delivery there. */
async function outcomeAt(url: string) {
  const made = await call(env, 'POST', '/webhook', { url, events: ['*'] })
  const { id } = await made.json<{ id: string }>()
  const before = sent.length
  const { id: customerId } = await (await register(env)).json<{ id: string }>()
  await deliver(env, sent.slice(before))
  const wakes = sent.filter((message) => message.id === id)
  const result = await deliver(env, wakes.slice(0, 1), { queue: 'customer-delivery' })
  expect(result.explicitAcks).toEqual(result.ids)
  const listed = await call(env, 'GET', `/webhook/${id}/delivery`)
  await call(env, 'DELETE', `/webhook/${id}`)
  // Other files write to the same shop at the same time.
  const timeline = await call(env, 'GET', `/customer/${customerId}/event`)
  const own = new Set((await listOf(timeline)).map((event) => event.id))
  return (await listOf(listed)).filter(({ eventId }) => own.has(eventId))
}

const listOf = async (answer: Response) =>
  (await answer.json<{ data: { readonly id: string; readonly eventId: string }[] }>()).data

test('a delivery goes out from inside workerd, and the answer is kept', async () => {
  // The tests' wire answers every stranger with 404.
  const url = new URL('/hook', inject('wire')).href
  expect(await outcomeAt(url)).toMatchObject([
    {
      status: 'pending',
      attempts: 1,
      error: 'status',
      response: { status: 404, body: expect.stringContaining('not found') },
    },
  ])
})

test('an endpoint that is not there is tried again, inside workerd too', async () => {
  expect(await outcomeAt('http://127.0.0.1:1/hook')).toMatchObject([
    { status: 'pending', attempts: 1, error: 'unreachable', response: null },
  ])
})

test('without the service that judges addresses, the local runtime connects to no name', async () => {
  expect(await outcomeAt('https://hooks.shop.example/hook')).toMatchObject([
    { status: 'pending', attempts: 1, error: 'unreachable', response: null },
  ])
})
