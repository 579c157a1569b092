import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { fireCron } from '../../dev/cron.ts'
import { findFreePort } from '../../dev/port.ts'
import { startWorker } from '../../dev/worker.ts'
import { until } from '../support/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'customer-worker-'))
writeFileSync(
  join(folder, 'wrangler.toml'),
  `name = "tiny"
main = "tiny.js"
compatibility_date = "2026-11-01"
routes = ["shop.example/*"]
[triggers]
crons = ["17 3 * * *"]
[[send_email]]
name = "MAIL"
[[queues.producers]]
binding = "QUEUE"
queue = "tiny"
[[queues.consumers]]
queue = "tiny"
max_batch_timeout = 0
`,
)
writeFileSync(
  join(folder, 'tiny.js'),
  `export default {
  async fetch(request, env) {
    const { host, pathname } = new URL(request.url)
    if (pathname === '/host') return new Response(host)
    await env.MAIL.send({
      from: 'shop@example.com', to: 'jane@example.com', subject: 'Hello', text: 'Dear Jane,\\n' + env.LINK,
    })
    await env.QUEUE.send('a message')
    return new Response('sent')
  },
  queue: (batch) => console.log('queue ' + batch.messages[0].body),
  scheduled: ({ cron, scheduledTime }) => console.log('scheduled ' + cron + ' ' + scheduledTime),
}`,
)
const link = `https://shop.example/verify?token=${'t'.repeat(100)}`
writeFileSync(join(folder, 'env'), `LINK='${link}'\n`)

const lines: string[] = []
const port = await findFreePort()
const url = `http://localhost:${port}`
const worker = await startWorker({
  config: join(folder, 'wrangler.toml'),
  port,
  environmentFile: join(folder, 'env'),
  stateFolder: join(folder, 'state'),
  print: (line) => lines.push(line),
})

afterAll(async () => {
  await worker.stop()
  rmSync(folder, { recursive: true })
})

const printed = (line: string) => until(async () => lines.includes(line))

test('mails, messages and crons of the worker are seen, and nothing of wrangler', async () => {
  await until(async () => (await fetch(url).catch(() => undefined))?.ok ?? false)
  await printed('queue a message')
  await printed('──────────')
  const due = new Date('2026-11-22T03:17:00Z')
  await fireCron(url, '17 3 * * *', due, (line) => lines.push(line))
  await printed(`scheduled 17 3 * * * ${due.getTime()}`)
  const mail = lines.indexOf('── mail ──')
  expect(lines.slice(mail, mail + 8)).toEqual([
    '── mail ──',
    'From: shop@example.com',
    'To: jane@example.com',
    'Subject: Hello',
    '',
    'Dear Jane,',
    link,
    '──────────',
  ])
  const known = /^(── mail ──|From: |To: |Subject: |Dear|https:|──────────|queue |scheduled |$)/
  expect(lines.filter((line) => !known.test(line))).toEqual([])
})

test('the worker sees the host that was asked for, whatever its routes are', async () => {
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, 'evil.example']) {
    const asked = get(`http://127.0.0.1:${port}/host`, { headers: { host } })
    const [response] = await once(asked, 'response')
    expect(await text(response)).toBe(host)
  }
})

test('a cron that the worker does not do is told', async () => {
  const told: string[] = []
  await fireCron('http://127.0.0.1:1', '* * * * *', new Date(), (line) => told.push(line))
  expect(told).toEqual(['cron * * * * * failed'])
})
