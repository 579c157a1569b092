import { describe, expect, test } from 'vitest'
import { mailTokenInText } from '../../../src/core/identity/pasted-mail-token.ts'
import { startTestApp } from '../../support/app.ts'
import { intentionsIn } from '../../support/intention.ts'
import { openMails } from '../../support/mail.ts'
import { PASSWORD } from '../../support/shopper.ts'

const app = await startTestApp()
const { intend, opening } = intentionsIn(app, openMails(app))

/** What people send instead of the bare token. */
const pastes: Readonly<Record<string, (token: string) => string>> = {
  'a blank before it': (token) => ` ${token}`,
  'a blank after it': (token) => `${token} `,
  'a line end': (token) => `${token}\r\n`,
  'a tab and a no-break space': (token) => `\t${token}\u00a0`,
  'an ideographic space': (token) => `\u3000${token}\u3000`,
  'a dot': (token) => `${token}.`,
  'a dot and a line end': (token) => `${token}.\n`,
  'an ellipsis': (token) => `${token}…`,
  'a comma': (token) => `${token},`,
  'a semicolon': (token) => `${token};`,
  'the end of a quotation': (token) => `${token}>`,
  'angle brackets': (token) => `<${token}>`,
  parentheses: (token) => `(${token}).`,
  'square brackets': (token) => `[${token}]`,
  'straight quotes': (token) => `"${token}"`,
  'single quotes': (token) => `'${token}'`,
  'typographic quotes': (token) => `„${token}“`,
  guillemets: (token) => `«${token}»`,
  backticks: (token) => `\`${token}\``,
  'stars of emphasis': (token) => `**${token}**`,
  'underscores of emphasis': (token) => `_${token}_`,
  'a zero-width space': (token) => `\u200b${token}\u200b`,
  'the mark of the byte order': (token) => `\ufeff${token}`,
  'a word joiner and a soft hyphen inside': (token) =>
    `${token.slice(0, 20)}\u2060${token.slice(20, 60)}\u00ad${token.slice(60)}`,
  'marks of direction': (token) => `\u2066${token}\u2069`,
  'a line break inside': (token) => `${token.slice(0, 70)}\r\n${token.slice(70)}`,
  'the name of the parameter': (token) => `token=${token}`,
  'the whole link': (token) => `https://shop.example/reset-password?token=${token}`,
  'the whole link in angle brackets': (token) => `<https://shop.example/x?token=${token}>`,
  'the link with what a campaign adds': (token) =>
    `https://shop.example/x?utm_source=mail&token=${token}&utm_medium=mail#top`,
  'the link with an escaped bracket': (token) => `https://shop.example/x?token=${token}%3E%20`,
  'the link within the link of a counter': (token) =>
    `https://count.example/?to=${encodeURIComponent(`https://shop.example/x?token=${token}`)}`,
  'a sentence around it': (token) => `The link was ${token}, and it did not work.`,
}

describe('a token is read without what copying adds', () => {
  test.each(Object.entries(pastes))('%s', (_, paste) => {
    const token = `cust_01jz5qk8f3e8ar1vp0h2n4x6ab.tok_01jz5qk8f3e8ar1vp0h2n4x6ab.${'Az_-9'.repeat(8)}xyz`
    expect(mailTokenInText(paste(token))).toBe(token)
    const dashed = `${token.slice(0, -1)}-`
    expect(mailTokenInText(paste(dashed))).toBe(dashed)
  })

  test.each([
    ['a letter after it', (token: string) => `${token}x`],
    ['another part after it', (token: string) => `${token}.x`],
    ['a letter behind a dash', (token: string) => `${token}-x`],
    ['a letter before it', (token: string) => `x${token}`],
    ['an end that is missing', (token: string) => token.slice(0, -1)],
    ['capitals', (token: string) => token.toUpperCase()],
  ])('but not with %s', (_, change) => {
    const token = `cust_01jz5qk8f3e8ar1vp0h2n4x6ab.tok_01jz5qk8f3e8ar1vp0h2n4x6ab.${'a'.repeat(43)}`
    expect(mailTokenInText(change(token))).toBe(change(token))
  })
})

test('every route that takes the token of a mail has the same schema', async () => {
  const { body: document } = await app.call('GET', '/openapi.json')
  const takers = Object.entries<{ properties?: { token?: { description?: string } } }>(
    document.components.schemas,
  ).filter(([name, { properties }]) => name !== 'RevokeRequest' && properties?.token)
  expect(takers.map(([name]) => name).sort()).toEqual([
    'ConfirmConsent',
    'ConfirmEmail',
    'ResetPassword',
    'UndoEmail',
    'VerifyEmail',
  ])
  const said = new Set(takers.map(([, { properties }]) => JSON.stringify(properties?.token)))
  expect(said.size).toBe(1)
})

describe('a pasted link opens what the bare token opens', () => {
  test.each(['verify', 'reset', 'confirm', 'undo'] as const)('%s', async (purpose) => {
    const { links } = await intend()
    const link = `\u200b <https://shop.example/x?token=${links[purpose]}>.\r\n`
    const { status } = await opening[purpose](link, { password: PASSWORD })
    expect(status).toBeLessThan(300)
  })
})
