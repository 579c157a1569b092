import * as z from 'zod'

/**
 * ISO 4217: the money that people pay with, also money that was withdrawn since 1999, for a ledger also holds old orders. Left out are
 * precious metals, units of account between banks, and the codes for tests (XTS) and for no currency (XXX).
 */
const CODES = `
ADP AED AFA AFN ALL AMD ANG AOA AOR ARS ATS AUD AWG AZM AZN BAM BBD BDT BEF BGL BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYB BYN BYR BZD
CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CSD CUC CUP CVE CYP CZK DEM DJF DKK DOP DZD ECS EEK EGP ERN ESP ETB EUR FIM FJD FKP FRF
GBP GEL GHC GHS GIP GMD GNF GRD GTQ GWP GYD HKD HNL HRK HTG HUF IDR IEP ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRW KWD
KYD KZT LAK LBP LKR LRD LSL LTL LUF LVL LYD MAD MDL MGA MGF MKD MMK MNT MOP MRO MRU MTL MUR MVR MWK MXN MXV MYR MZM MZN NAD NGN NIO NLG
NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PTE PYG QAR ROL RON RSD RUB RUR RWF SAR SBD SCR SDD SDG SEK SGD SHP SIT SKK SLE SLL SOS SRD SRG
SSP STD STN SVC SYP SZL THB TJR TJS TMM TMT TND TOP TPE TRL TRY TTD TWD TZS UAH UGX USD USN USS UYI UYU UYW UZS VEB VED VEF VES VND VUV
WST XAF XCD XCG XOF XPF YER YUM ZAR ZMK ZMW ZRN ZWD ZWG ZWL ZWR`

export const currencies: ReadonlySet<string> = new Set(CODES.trim().split(/\s+/))

const THREE_LETTERS = /^\s*[A-Za-z]{3}\s*$/

/** The currency of a price (ISO 4217), in any case; stored in capitals. */
export const Currency = z
  .string({ error: 'Must be text.' })
  .refine((code) => THREE_LETTERS.test(code), {
    error: 'Must be an ISO 4217 code such as USD.',
    params: { code: 'invalid_currency' },
    abort: true,
  })
  .overwrite((code) => code.trim().toUpperCase())
  .refine((code) => currencies.has(code), {
    error: 'Must be the code of money that people pay with (ISO 4217): no metal, no test code.',
    params: { code: 'invalid_currency' },
  })
  .meta({ pattern: THREE_LETTERS.source, description: 'ISO 4217, in any case', examples: ['USD'] })
