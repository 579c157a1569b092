import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  Email,
  emailKey,
  emailKeyOrNull,
  emailLocalPart,
} from '../../../src/core/customer/email.ts'
import { anyText } from '../../support/any-text.ts'

const label = 'a'.repeat(63)
const longLocal = 'Must have at most 64 bytes before the @.'
const long = 'Must be an e-mail address of at most 254 bytes.'

describe('the key of an e-mail address', () => {
  test.each([
    ['jane@example.com', 'jane@example.com'],
    ['  Jane.Doe@EXAMPLE.com\n', 'jane.doe@example.com'],
    ['jane+shop@gmail.com', 'jane+shop@gmail.com'],
    ['j.a.n.e@gmail.com', 'j.a.n.e@gmail.com'],
    ["o'brien!#$%&*/=?^_`{|}~-@example.com", "o'brien!#$%&*/=?^_`{|}~-@example.com"],
    ['jane@Bücher.example', 'jane@xn--bcher-kva.example'],
    ['jane@XN--BCHER-KVA.example', 'jane@xn--bcher-kva.example'],
    ['jane@例え。jp', 'jane@xn--r8jz45g.jp'],
    ['jane@faß.de', 'jane@xn--fa-hia.de'],
    ['Zoe\u0308@example.com', 'zoë@example.com'],
    ['ZOË@example.com', 'zoë@example.com'],
    ['ΝΙΚΟΣ@example.gr', 'νικοσ@example.gr'],
    ['νικος@example.gr', 'νικοσ@example.gr'],
    ['用户@例子.中国', '用户@xn--fsqu00a.xn--fiqs8s'],
    ['jane@example.xn--p1ai', 'jane@example.xn--p1ai'],
    ['jane@1.2.3.example', 'jane@1.2.3.example'],
    ['A..B@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['abc.@docomo.ne.jp', 'abc.@docomo.ne.jp'],
    ['a...b..@ezweb.ne.jp', 'a...b..@ezweb.ne.jp'],
  ])('of %j is %j', (written, key) => {
    expect(emailKeyOrNull(written)).toBe(key)
    expect(emailKey(written)).toBe(key)
    expect(Email.parse(written)).toBe(written.trim())
  })

  test('is its own key, and does not know case', () => {
    fc.assert(
      fc.property(anEmail, (written) => {
        const key = emailKey(written)
        expect(emailKey(key)).toBe(key)
        expect(emailKey(written.toUpperCase())).toBe(key)
        expect(emailKey(written.toLowerCase())).toBe(key)
        expect(emailKey(`\t${written} `)).toBe(key)
        expect(emailKey(written.normalize('NFD'))).toBe(key)
      }),
    )
  })

  test('is its own key for every letter that Unicode has given out', () => {
    for (let point = 0; point < 0x40000; point++) {
      const written = `x${String.fromCodePoint(point)}x@example.com`
      const key = emailKeyOrNull(written)
      if (key === null || key === written) continue
      if (emailKeyOrNull(key) !== key) expect.fail(point.toString(16))
    }
  })

  test('is null or stays, whatever the text', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (local, domain) => {
        const key = emailKeyOrNull(`${local}@${domain}.example`)
        if (key === null) return
        expect(emailKeyOrNull(key)).toBe(key)
        expect(key).toMatch(/^[^@\s]+@[a-z0-9.-]+$/)
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(254)
      }),
    )
  })

  test('of something else is a bug of the caller, whose message does not repeat it', () => {
    expect(() => emailKey('secret')).toThrow(new TypeError('not an e-mail address'))
  })

  test('begins with the local part', () => {
    expect(emailLocalPart('Jane+Shop@Example.com')).toBe('jane+shop')
  })
})

describe('an e-mail address', () => {
  test.each<[string, string, string?]>([
    ['nothing', ''],
    ['no @', 'jane.example.com'],
    ['two @', 'jane@doe@example.com'],
    ['no local part', '@example.com'],
    ['no domain', 'jane@'],
    ['no dot in the domain', 'jane@localhost'],
    ['a display name', 'Jane <jane@example.com>'],
    ['angle brackets', '<jane@example.com>'],
    ['quotes', '"jane doe"@example.com'],
    ['a space', 'jane doe@example.com'],
    ['a comment', 'jane(home)@example.com'],
    ['two addresses', 'jane@example.com,joe@example.com'],
    ['a line break', 'jane@example.com\nBcc: joe@example.com'],
    ['a tab in the domain', 'jane@exa\tmple.com'],
    ['NUL', 'ja\0ne@example.com'],
    ['an invisible letter', 'ja\u200bne@example.com'],
    ['an invisible letter in the domain', 'jane@exa\u00admple.com'],
    ['a direction override', 'jane\u202e@example.com'],
    ['a lone surrogate', 'jane\ud800@example.com'],
    ['a dot at the start', '.jane@example.com'],
    ['only dots', '..@example.com'],
    ['a quoted part with a line break', '"a\r\nBcc: joe@example.com"@example.com'],
    ['a carriage return before the @', 'jane.\r@example.com'],
    ['a line separator', 'jane..\u2028doe@example.com'],
    ['a next line', 'jane\u0085Bcc@example.com'],
    ['a semicolon', 'jane..;joe@example.com'],
    ['an IPv4 address', 'jane@127.0.0.1'],
    ['a hexadecimal IPv4 address', 'jane@0x7f.1'],
    ['an IPv4 address in wide digits', 'jane@１２７.０.０.１'],
    ['an address literal', 'jane@[127.0.0.1]'],
    ['an IPv6 literal', 'jane@[IPv6:::1]'],
    ['a port', 'jane@example.com:80'],
    ['a path', 'jane@example.com/x'],
    ['a backslash', 'jane@example.com\\x'],
    ['a query', 'jane@example.com?x'],
    ['a fragment', 'jane@example.com#x'],
    ['an escape', 'jane@ex%61mple.com'],
    ['an underscore in the domain', 'jane@foo_bar.com'],
    ['a hyphen before a label', 'jane@-foo.com'],
    ['a hyphen after a label', 'jane@foo-.com'],
    ['an empty label', 'jane@foo..com'],
    ['a dot after the domain', 'jane@example.com.'],
    ['a top level of one letter', 'jane@example.c'],
    ['a top level of digits', 'jane@example.123'],
    ['a long label', `jane@a${label}.com`],
    ['a long local part', `${'a'.repeat(65)}@example.com`, longLocal],
    ['a local part long in bytes', `${'ü'.repeat(33)}@example.com`, longLocal],
    ['a long address', `jane@${label}.${label}.${label}.${'a'.repeat(60)}.com`, long],
  ])(
    'with %s is refused, without repeating it',
    (_, written, message = 'Must be an e-mail address.') => {
      expect(emailKeyOrNull(written)).toBeNull()
      const messages = Email.safeParse(written).error?.issues.map((issue) => issue.message)
      expect(messages).toEqual([message])
    },
  )

  test.each([
    ['local part', `${'a'.repeat(64)}@example.com`],
    ['label', `jane@${label}.com`],
    ['address', `${'a'.repeat(58)}@${label}.${label}.${label}.com`],
  ])('may have the longest %s', (_, written) => {
    expect(Email.parse(written)).toBe(written)
  })

  test.each([[null], [7], [['jane@example.com']]])('is text, and %j is none', (value) => {
    expect(Email.safeParse(value).error?.issues[0]?.message).toBe('Must be text.')
  })

  test('is described in JSON Schema', () => {
    expect(z.toJSONSchema(Email, { io: 'input' })).toMatchObject({
      type: 'string',
      pattern: '^[^\\s@]+@[^\\s@]+$',
      maxLength: 254,
    })
  })
})

const letters = 'abcxyzABCXYZ0189éÉøØłŁžŽşŞñÑσςΣωΩжЖёЁ用ü'
const word = fc
  .array(fc.constantFrom(...letters, '+', '-', '_', '!'), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
const domainLabel = fc
  .array(fc.constantFrom(...'abcxyzABCXYZ0189éÉüÜ用'), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))
const anEmail = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 3 }),
    fc.array(domainLabel, { minLength: 1, maxLength: 2 }),
    fc.constantFrom('com', 'Example', 'рф'),
  )
  .map(([local, domain, top]) => `${local.join('.')}@${domain.join('.')}.${top}`)

test('an e-mail address that is none is refused with a code of its own', () => {
  const issue = Email.safeParse('jane').error?.issues[0]
  expect(issue).toMatchObject({ code: 'custom', params: { code: 'invalid_email' } })
})
