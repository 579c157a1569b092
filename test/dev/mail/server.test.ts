import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { startMailPage } from '../../../dev/mail/server.ts'

const mails = await startMailPage()
afterAll(() => mails.close())
const { port } = new URL(mails.url)

async function ask({ host = `localhost:${port}`, method = 'GET', path = '/' }) {
  const asked = request(`http://127.0.0.1:${port}${path}`, { method, headers: { host } })
  asked.end()
  const [response] = await once(asked, 'response')
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

const keep = (subject: string) =>
  mails.keep({ kind: 'mail', at: new Date(), from: 'a', to: 'b', subject, text: 'c' })

test('the newest hundred are kept, the newest first', async () => {
  for (let n = 1; n <= 101; n++) keep(`mail ${n}`)
  const { status, body } = await ask({})
  expect(status).toBe(200)
  const subjects = [...body.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, subject]) => subject)
  expect([subjects.length, subjects[0], subjects.at(-1)]).toEqual([100, 'mail 101', 'mail 2'])
})

test.each(['localhost', '127.0.0.1', '[::1]', 'shop.localhost'])(
  'the page answers at %s',
  async (name) => {
    const { status, headers } = await ask({ host: `${name}:${port}` })
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(headers['access-control-allow-origin']).toBeUndefined()
  },
)

test.each(['evil.example', `evil.example:${port}`, '192.168.0.7', 'localhost.evil.example', '@'])(
  'the page refuses a name that leads here from elsewhere: %s',
  async (host) => {
    const { status, body } = await ask({ host })
    expect([status, body]).toEqual([421, ''])
  },
)

test('there is one page, to be read', async () => {
  expect(await ask({ path: '/other' })).toMatchObject({ status: 404, body: '' })
  expect(await ask({ method: 'POST' })).toMatchObject({ status: 405, body: '' })
  expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
})
