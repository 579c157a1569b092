import { expect, test } from 'vitest'
import type { Entry, Mail } from '../../../dev/mail/entry.ts'
import { mailPage, pageHeaders } from '../../../dev/mail/page.ts'

const at = new Date('2026-11-22T21:00:08Z')

const mail = (change: Partial<Mail> = {}): Entry => ({
  ...{ kind: 'mail', at, from: 'shop@example.com', to: 'jane@example.com' },
  ...{ subject: 'Hello', text: 'Dear Jane' },
  ...change,
})

/** What the links of a mail's text lead to. */
const linksOf = (text: string) =>
  [...mailPage([mail({ text })]).matchAll(/<a href="([^"]*)"/g)].map(([, link]) => link)

test.each([
  ['https://shop.example/verify?token=abc', ['https://shop.example/verify?token=abc']],
  ['Look: http://localhost:3000/a.', ['http://localhost:3000/a']],
  ['(https://shop.example/a?b=1&c=2)', ['https://shop.example/a?b=1&amp;c=2']],
  ['https://a.example\nhttps://b.example', ['https://a.example', 'https://b.example']],
  ['javascript:alert(1) data:text/html,x file:///etc/passwd shop.example', []],
  ['https:// http://', []],
  ['https://a.example"onclick="alert(1)', ['https://a.example']],
])('of %j these are links', (text, expected) => {
  expect(linksOf(text)).toEqual(expected)
})

test('nothing of a mail is markup, and nothing on the page runs', () => {
  const evil = `<script>alert(1)</script><img src=x onerror="alert('1')">&amp;`
  const page = mailPage([
    mail({ subject: evil, text: evil, to: evil, from: evil }),
    { kind: 'held', at, bound: evil },
  ])
  expect(page).not.toMatch(/<(script|img)/)
  expect(page.split('&lt;script&gt;alert(1)&lt;/script&gt;')).toHaveLength(6)
  expect(page).toContain('&amp;amp;')
  const policy = pageHeaders['Content-Security-Policy']
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; /)
  expect(policy).not.toMatch(/unsafe|script-src/)
  expect(policy).toContain("frame-ancestors 'none'")
})

test('a code stands out, also between other numbers', () => {
  const page = mailPage([mail({ text: 'Enter it:\n\n123456\n\nwithin 600 s, not 654321' })])
  expect(page.match(/<strong>.*?<\/strong>/g)).toEqual(['<strong>123456</strong>'])
})

test('mails are in the order that they are given, counted in the title, and asked for again', () => {
  const page = mailPage([
    mail({ subject: 'second' }),
    { kind: 'held', at, bound: 'far address' },
    mail({ subject: 'first' }),
  ])
  expect(page.match(/<h2>.*?<\/h2>|far address/g)).toEqual([
    '<h2>second</h2>',
    'far address',
    '<h2>first</h2>',
  ])
  expect(page).toContain('<title>Mails (2) ')
  expect(page).toContain('<meta http-equiv="refresh" content="5">')
  expect(mailPage([], { isPaused: true })).not.toContain('http-equiv')
  expect(page).toContain('<time datetime="2026-11-22T21:00:08.000Z">')
})

test('without a mail the page says so', () => {
  expect(mailPage([])).toContain('No mail yet.')
  expect(mailPage([mail()])).not.toContain('No mail yet.')
})
