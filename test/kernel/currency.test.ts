import { expect, test } from 'vitest'
import { Currency, currencies } from '../../src/kernel/currency.ts'

const UNITS_OF_ACCOUNT = ['XDR', 'XSU', 'XUA', 'XAD']

test('every currency that Unicode calls current is known, but for units of account', () => {
  const current = Intl.supportedValuesOf('currency').filter((code) => !isNoMoney(code))
  expect(current.length).toBeGreaterThan(150)
  expect(current.filter((code) => !currencies.has(code))).toEqual([])
})

test('no currency is made up', () => {
  const names = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' })
  expect([...currencies].filter((code) => names.of(code) === undefined)).toEqual([])
  expect([...currencies].filter(isNoMoney)).toEqual([])
})

const isNoMoney = (code: string) =>
  UNITS_OF_ACCOUNT.includes(code) || /^X(AG|AU|PT|PD|B[A-D]|XX|TS)$/.test(code)

test.each(['usd', ' Usd\n', 'USD'])('%j is USD', (written) => {
  expect(Currency.parse(written)).toBe('USD')
})

test.each(['', 'US', 'USDT', 'ＵＳＤ', 'ıqd', 'XXX', 'xts', 'XAU', 'XDR', 'ABC', 'DDM', 840, null])(
  '%j is refused',
  (written) => {
    expect(Currency.safeParse(written).success).toBe(false)
  },
)
