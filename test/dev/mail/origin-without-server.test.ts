import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { originsWithoutServer } from '../../../dev/mail/origin-without-server.ts'
import { mailPage } from '../../../dev/mail/page.ts'
import { findFreePort } from '../../../dev/port.ts'
import { mailLinkOrigins } from '../../../dev/storefront/storefront-origin.ts'

test.each(['127.0.0.1', '::1'])(
  'a place is empty until something runs there, at %s',
  async (host) => {
    const place = `http://localhost:${await findFreePort()}`
    const elsewhere = 'https://shop.example'
    expect(await originsWithoutServer([place, elsewhere])).toEqual([place])
    const server = createServer().listen(Number(new URL(place).port), host)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    expect(await originsWithoutServer([place, elsewhere])).toEqual([])
  },
)

test('mails lead to the shops of the settings, and to the example where it is served', () => {
  const urls = [
    ['eu', 'https://shop.example/eu'],
    ['demo', 'http://localhost:3000'],
  ] as const
  expect(mailLinkOrigins(urls, undefined)).toEqual([
    'https://shop.example',
    'http://localhost:3000',
  ])
  expect(mailLinkOrigins(urls, 'http://localhost:3100')).toEqual([
    'https://shop.example',
    'http://localhost:3100',
  ])
})

test('the page of mails says where links lead, and where nothing runs', () => {
  const shops = ['https://shop.example', 'http://localhost:3000']
  const page = mailPage([], { shops, empty: ['http://localhost:3000'] })
  expect(page).toContain('Their links lead to https://shop.example, http://localhost:3000.')
  expect(page).toContain('Nothing runs at http://localhost:3000, where the links of mails lead.')
  expect(mailPage([], { shops })).not.toContain('Nothing runs')
})
