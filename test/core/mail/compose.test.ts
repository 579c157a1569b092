import { expect, test } from 'vitest'
import { Settings } from '#core/context'
import { Email } from '#core/customer'
import { composeMail } from '../../../src/core/mail/compose.ts'
import { type MailTemplate, mailTemplates } from '../../../src/core/mail/template-and-language.ts'

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

const withLinks = Object.entries(mailTemplates).filter(([, carried]) => carried?.endsWith('_path'))

test.each(withLinks)('the link of the mail %s leads to the page that %s names', (name, setting) => {
  const linkIn = (own: object) =>
    composeMail(
      { ...settings, shopUrl: 'https://shop.example/de', ...own },
      {
        template: name as MailTemplate,
        recipient: 'jane@example.com',
        locale: null,
        token: 'mt_1',
      },
    ).text.match(/^https:.*$/m)?.[0]
  const usual = settings[setting as 'login_path']
  expect(linkIn({})).toBe(`https://shop.example/de${usual}?token=mt_1`)
  expect(linkIn({ [setting as string]: '/konto/mail' })).toBe(
    'https://shop.example/de/konto/mail?token=mt_1',
  )
})
