import * as z from 'zod'

/** ISO 3166-1 alpha-2, and XK: Kosovo has no code of its own yet, but post, banks and shops use this one. */
const CODES = `
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`

const TWO_LETTERS = /^[A-Za-z]{2}$/

export const countryCodes: readonly string[] = CODES.trim().split(/\s+/)
const known: ReadonlySet<string> = new Set(countryCodes)

/** Whether this is a country's code, in capitals. */
export const isCountry = (code: string): boolean => known.has(code)

/** A country (ISO 3166-1 alpha-2), in any case; stored in capitals. */
export const Country = z
  .string({ error: 'Must be text.' })
  .trim()
  .refine((code) => TWO_LETTERS.test(code), {
    error: 'Must be a country code of two letters.',
    params: { code: 'invalid_country' },
    abort: true,
  })
  .toUpperCase()
  .refine(isCountry, {
    error: 'Must be the code of a country (ISO 3166-1 alpha-2).',
    params: { code: 'invalid_country' },
  })
  .meta({ pattern: TWO_LETTERS.source, description: 'ISO 3166-1 alpha-2', examples: ['US'] })
export type Country = z.output<typeof Country>
