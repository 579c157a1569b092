import { street } from '../street.ts'
import { type ExtraCall, succeed } from './call.ts'

/** Changes of a customer who has addresses and groups: each answer shows all of them. */
const withBook: ExtraCall = async (app) => {
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'book@example.com' } })
  const path = `/customer/${id}`
  await succeed(app, 'POST', '/group', { body: { key: 'readers' } })
  const found = [await succeed(app, 'POST', `${path}/group`, { body: { group: 'readers' } })]
  const ids: string[] = []
  for (const line1 of ['1 Main St', '2 Main St', '3 Main St']) {
    const { id: made } = await succeed(app, 'POST', `${path}/address`, { body: street(line1) })
    ids.push(made)
  }
  const bodies = [
    { firstName: 'Ada', metadata: { shelf: '7' } },
    { externalId: 'book-1', lastName: 'Page' },
    { email: 'bookish@example.com' },
  ]
  for (const body of bodies) found.push(await succeed(app, 'PATCH', path, { body }))
  found.push(
    await succeed(app, 'POST', `${path}/disable`, { body: { reason: 'asked' } }),
    await succeed(app, 'POST', `${path}/enable`),
    await succeed(app, 'PATCH', `${path}/address/${ids[1]}`, { body: { line1: '4 Main St' } }),
    // The default is gone, so another one takes its place.
    await succeed(app, 'DELETE', `${path}/address/${ids[0]}`),
    await succeed(app, 'GET', path),
    await succeed(app, 'GET', `${path}/address`),
    await succeed(app, 'GET', `${path}/group`),
    await succeed(app, 'DELETE', `${path}/group/readers`),
  )
  return found
}

/** What is asked of a customer whose survivor is gone, and of one who has a survivor. */
const afterMerge: ExtraCall = async (app) => {
  const make = async (email: string) =>
    (await succeed(app, 'POST', '/customer', { body: { email } })).id as string
  const found = []
  for (const name of ['stays', 'goes']) {
    const survivor = await make(`${name}@example.com`)
    const merged = await make(`merged-into-${name}@example.com`)
    await succeed(app, 'POST', `/customer/${survivor}/merge`, { body: { from: merged } })
    if (name === 'goes') await succeed(app, 'DELETE', `/customer/${survivor}`)
    const path = `/customer/${merged}`
    const asked: readonly [string, string, unknown?][] = [
      ['GET', path],
      ['PATCH', path, { firstName: 'Ada' }],
      ['PATCH', path, { externalId: 'e-1' }],
      ['DELETE', path],
      ['POST', `${path}/disable`, {}],
      ['POST', `${path}/enable`],
      ['POST', `${path}/address`, street('1 Main St')],
      ['GET', `${path}/address`],
      ['GET', `${path}/group`],
      ['GET', `${path}/order`],
      ['GET', `${path}/event`],
      ['GET', `${path}/stats`],
      ['POST', `${path}/group`, { group: 'counted' }],
      ['DELETE', `${path}/group/counted`],
      ['POST', `${path}/password-reset`],
      ['POST', `${path}/verify-email/resend`],
      ['POST', `${path}/invite`],
    ]
    for (const [method, to, body] of asked) {
      const { status, body: answer } = await app.call(method, to, { body })
      found.push([method, to, status, answer?.code ?? answer])
    }
  }
  return found
}

/** A book of three addresses in a shop that allows no more, one more, and one that is there already. */
const fullBook: ExtraCall = async (app) => {
  const settings = app.runtime.config.tenants.get(app.tenant)
  if (settings === undefined) throw new Error('no settings')
  const { max_addresses } = settings
  Object.assign(settings, { max_addresses: 3 })
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'full@example.com' } })
  const path = `/customer/${id}/address`
  const add = async (line1: string) => (await app.call('POST', path, { body: street(line1) })).body
  const answers = []
  for (const n of [1, 2, 3, 4, 1]) answers.push(await add(`${n} Long Road`))
  // There is room for the one that was refused, and another tenant has had it all the time.
  await succeed(app, 'DELETE', `${path}/${answers[1].id}`)
  answers.push(await add('4 Long Road'))
  Object.assign(settings, { max_addresses })
  return answers
}

/** What another tenant with the same keys must not answer for. */
export const ownCalls: readonly ExtraCall[] = [withBook, afterMerge, fullBook]
