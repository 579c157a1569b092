import { describe, expect, test } from 'vitest'
import { addressProblems } from '../../src/core/address/address-problems.ts'
import { formatPostalCode } from '../../src/core/address/postal-code.ts'
import { samenessOf } from '../../src/core/address/sameness.ts'
import { emailKey } from '../../src/core/customer/email.ts'
import { Locale } from '../../src/core/customer/locale.ts'
import { nameKey } from '../../src/core/customer/name-key.ts'
import { groupKey } from '../../src/core/group/key.ts'
import { makePasswordHasher } from '../../src/core/identity/password-hasher.ts'
import { passwordProblems } from '../../src/core/identity/password-problems.ts'
import { OptionalPhone } from '../../src/kernel/phone.ts'

describe('inside workerd, as in Node,', () => {
  test.each([
    ['Jane@Bücher.example', 'jane@xn--bcher-kva.example'],
    ['ΝΙΚΟΣ@faß.de', 'νικοσ@xn--fa-hia.de'],
  ])('the key of %j is %j', (written, key) => {
    expect(emailKey(written)).toBe(key)
  })

  test('phones, locales and names have the same form', () => {
    expect(OptionalPhone.parse('+1 415 555 1234')).toBe('+14155551234')
    expect(Locale.parse('iw-il')).toBe('he-IL')
    expect(nameKey('José O’Brien')).toBe('jose obrien  joseobrien brien')
    expect(nameKey('عَلی\u200cرِضا ヤマ')).toBe('عليرضا やま  عليرضاやま رضاやま ま')
    expect(formatPostalCode('CA', 'h２x۱y٤')).toBe('H2X 1Y4')
    expect(groupKey('Händler – EU')).toBe('handler-eu')
    expect(groupKey('A+')).toBe('a-85e200cd')
  })

  test('an address has the same rules and the same fingerprint', () => {
    expect(addressProblems({ country: 'US', state: 'Qc', postalCode: '94102' })).toHaveLength(3)
    expect(samenessOf({ country: 'US' })).toBe(
      'myAuy8bU47DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj847DEQpj8',
    )
  })

  test('a password that Node hashed is known, and one hashed here is as strong', async () => {
    const fromNode =
      '$scrypt$ln=15,r=8,p=3$MDEyMzQ1Njc4OWFiY2RlZg$MAXIP0q+8NAJEhWR/fDYScPFEVAIQXUeB03B9+IJUio'
    const { hash, verify, isOutdated } = makePasswordHasher()
    expect(await verify('Grüße', fromNode)).toBe(true)
    expect(await verify('Grüsse', fromNode)).toBe(false)
    const fromHere = await hash('correct horse battery')
    expect(isOutdated(fromHere)).toBe(false)
    expect(await verify('correct horse battery', fromHere)).toBe(true)
    expect(passwordProblems('QwertyUIOP', { minLength: 8, words: [] })).toHaveLength(1)
  })
})
