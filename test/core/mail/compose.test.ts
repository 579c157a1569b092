import { expect, test } from 'vitest'
import { Settings } from '#core/context'
import { Email } from '#core/customer'
import { composeMail } from '../../../src/core/mail/compose.ts'

const settings = {
  ...Settings.parse({}),
  shopName: 'Shop',
  shopUrl: 'https://shop.example',
  currency: 'JPY',
}

const composed = (recipient: string) =>
  composeMail(settings, { template: 'verify', recipient, locale: null, token: 'mt_1' })

test.each([
  ['jane.doe@example.com', 'jane.doe@example.com'],
  ['a..b@docomo.ne.jp', '"a..b"@docomo.ne.jp'],
  ['abc.@docomo.ne.jp', '"abc."@docomo.ne.jp'],
  ['a...b..@ezweb.ne.jp', '"a...b.."@ezweb.ne.jp'],
])('a mail to %s is addressed to %s, as RFC 5322 has it', (written, to) => {
  expect(composed(Email.parse(written)).to).toBe(to)
})

test.each([
  'a..b@docomo.ne.jp\r\nBcc: joe@example.com',
  'a..b\r\nBcc: joe@docomo.ne.jp',
  '"a..b"@docomo.ne.jp',
  'a.."@docomo.ne.jp',
  'a..\\@docomo.ne.jp',
  'a..b>, <joe@docomo.ne.jp',
  'a..b\u2028@docomo.ne.jp',
  'a..b\u0085@docomo.ne.jp',
])('no address adds a header or a recipient: %j is refused', (written) => {
  expect(Email.safeParse(written).success).toBe(false)
})
