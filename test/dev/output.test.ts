import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Entry } from '../../dev/mail/entry.ts'
import { wranglerErrorFilter, wranglerOutputFilter } from '../../dev/wrangler-output.ts'

const folder = mkdtempSync(join(tmpdir(), 'customer-output-'))
afterAll(() => rmSync(folder, { recursive: true }))

const kept: Entry[] = []

function filtered(filter: typeof wranglerOutputFilter, text: string): string[] {
  const lines: string[] = []
  const take = filter(
    (line) => lines.push(line),
    (entry) => kept.push(entry),
  )
  for (const line of text.split('\n')) take(line)
  return lines
}

test("of wrangler's output the worker's own lines are shown", () => {
  const text = `
 ⛅️ wrangler 4.156.2 (update available 4.164.0)
───────────────────────────────────────────────
Using secrets defined in .data/env
Your Worker has access to the following bindings:
Binding                             Resource                  Mode
env.MAIL (unrestricted)             Send Email                local

[wrangler:warn] Unable to fetch the \`Request.cf\` object! Falling back to a default placeholder...
Error: getaddrinfo ENOTFOUND workers.cloudflare.com
    at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:123:26)
[custom build] Running: node dev/build-docs-and-check-config.ts
⎔ Starting local server...
[wrangler:info] Ready on http://localhost:18787
{"level":"info","message":"ours"}
[wrangler:info] GET /readyz 200 OK (22ms)
[wrangler:error] Error: boom
    at Object.fetch (index.ts:6:41)
[wrangler:info] QUEUE customer 0/1 (3ms)`
  expect(filtered(wranglerOutputFilter, text)).toEqual([
    '{"level":"info","message":"ours"}',
    '[wrangler:error] Error: boom',
    '    at Object.fetch (index.ts:6:41)',
  ])
})

test('a mail is shown whole, its text in place of the file that holds it, and handed on', () => {
  const file = join(folder, 'text.txt')
  const words = `Hello Jane\n\nhttps://shop.example/verify?token=${'t'.repeat(200)}`
  writeFileSync(file, `${words}\n`)
  const text = `[wrangler:info] send_email binding called with MessageBuilder:
From: shop@example.com
To: jane@example.com
Subject: Verify your e-mail address

Text: ${file}
HTML: ${file}.html
[wrangler:info] GET / 200 OK (1ms)
after
mail held back: far address`
  expect(filtered(wranglerOutputFilter, text)).toEqual([
    '── mail ──',
    'From: shop@example.com',
    'To: jane@example.com',
    'Subject: Verify your e-mail address',
    '',
    'Hello Jane',
    '',
    `https://shop.example/verify?token=${'t'.repeat(200)}`,
    '──────────',
    'after',
    'mail held back: far address',
  ])
  const at = expect.any(Date)
  const headers = { from: 'shop@example.com', to: 'jane@example.com' }
  expect(kept).toEqual([
    { kind: 'mail', at, ...headers, subject: 'Verify your e-mail address', text: words },
    { kind: 'held', at, bound: 'far address' },
  ])
})

test("of wrangler's errors those are shown that are not about the missing internet", () => {
  const text = `▲ [WARNING] Scheduled Workers are not automatically triggered during local development.

  To manually trigger a scheduled event, run:
    curl "http://localhost:18787/cdn-cgi/local/scheduled"

✘ [ERROR] Uncaught Error: boom

      at queue (index.ts:16:158)

✘ [ERROR] e = rust/worker/ffi.rs:110: failed: failed to lookup address information

  stack: workerd@383c3f9

✘ [ERROR] Build failed with 1 error:
🪵  Logs were written to "wrangler.log"`
  expect(filtered(wranglerErrorFilter, text)).toEqual([
    '✘ [ERROR] Uncaught Error: boom',
    '      at queue (index.ts:16:158)',
    '✘ [ERROR] Build failed with 1 error:',
  ])
})

test('a setting that is wrong is one line without its place in the code, until another one is wrong', () => {
  const minute = (name: string) => `✘ [ERROR] Uncaught Misconfigured: ${name} is missing Error
      at readConfig (file:///src/config.ts:87:11)
✘ [ERROR] Uncaught Misconfigured: ${name} is missing
`
  const text = ['a', 'a', 'b'].map(minute).join('\n')
  expect(filtered(wranglerErrorFilter, text)).toEqual(['a is missing', 'b is missing'])
})
