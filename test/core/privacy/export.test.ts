import { expect, test } from 'vitest'
import { holdings } from '#db/personal'
import { withConnection } from '../../../dev/with-connection.ts'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { type Forms, formsIn, formsOf } from '../../support/forget/form.ts'
import { live } from '../../support/forget/life.ts'
import { quentoria } from '../../support/forget/people.ts'
import { searchTables } from '../../support/forget/search.ts'
import { startReceiver } from '../../support/receiver.ts'
import { subscribe } from '../../support/webhook.ts'

const receiver = await startReceiver()
receiver.on('/down', (response, { body }) => response.writeHead(500).end(body))
const database = await freshDatabase()
const app = await startTestApp({ development: true, fetch: receiver.fetch, database })
const { call } = app
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

test('an export has everything that an erasure takes away, by the map, and no credential', async () => {
  await subscribe(app, `${receiver.url}/up`)
  await subscribe(app, `${receiver.url}/down`)
  const life = await live(app, quentoria)
  const forms = formsOf(quentoria)
  const found = await withConnection(database, (client) => searchTables(client, forms))
  const { body, text } = await call('GET', `/customer/${life.id}/export`, {
    headers: { 'X-Reason': encodeURIComponent('Frag’ der Kundin') },
  })
  const missing = holdings.flatMap(({ name, holding: { exported, columns } }) =>
    exported === null
      ? []
      : Object.entries(columns)
          .filter(([, word]) => word !== 'none' && word !== 'credential')
          .filter(([column]) =>
            lacks(
              body.sections[exported].map((row: Record<string, unknown>) => row[column]),
              found
                .filter(({ place }) => place === `${snake(name)}.${snake(column)}`)
                .map(({ form }) => form),
              forms,
            ),
          )
          .map(([column]) => `${name}.${column}`),
  )
  expect(missing).toEqual([])
  expect(text).not.toMatch(/\$scrypt\$|refreshHash|passwordHash|whsec_/)
  expect(text).not.toMatch(/other\.twin@|other\.host@|Twin Street|Twintown/)
  expect(body.recipients).toMatchObject([{ host: 'localhost' }, { host: 'localhost' }])
  const [event] = (await call('GET', `/customer/${life.id}/event?limit=1`)).body.data
  expect(event).toMatchObject({
    type: 'customer.exported',
    data: { reason: 'Frag’ der Kundin' },
    actor: { type: 'service' },
  })
})

/** Whether the values of a column in the export lack a form that stands in the column. */
function lacks(values: readonly unknown[], inColumn: readonly string[], forms: Forms): boolean {
  const exported = new Set(formsIn(JSON.stringify(values).replaceAll('\\\\u', '\\u'), forms))
  return inColumn.some((form) => !exported.has(form))
}
