import { expect, test } from 'vitest'
import {
  findStateCode,
  isAllowedState,
  makeStateCodeFinder,
} from '../../../src/core/address/state.ts'

test.each<[country: string, code: string, ...spellings: string[]]>([
  [
    'CA',
    'NL',
    'Newfoundland',
    'Newfoundland & Labrador',
    'NF',
    'Nfld.',
    'newfoundland and labrador',
  ],
  ['CA', 'PE', 'PEI', 'P.E.I.', 'Prince Edward Island'],
  ['CA', 'QC', 'PQ', 'P.Q.', 'Que.', 'Québec', 'CA-QC'],
  ['CA', 'NT', 'NWT', 'N.W.T.'],
  ['CA', 'YT', 'Yukon', 'Yukon Territory'],
  ['CA', 'ON', 'Ont.'],
  ['US', 'CA', 'Calif.', 'California', 'US-CA', 'State of California'],
  ['US', 'MA', 'Mass.', 'Commonwealth of Massachusetts'],
  ['US', 'NC', 'N. Carolina', 'N.C.'],
  ['US', 'DC', 'Wash. DC', 'Washington, D.C.', 'District of Columbia'],
  ['US', 'VI', 'US Virgin Islands', 'U.S. Virgin Islands', 'Virgin Islands', 'USVI'],
  ['US', 'AE', 'Armed Forces Europe', 'Armed Forces Middle East', 'Armed Forces Africa'],
  ['US', 'AA', 'Armed Forces Americas'],
  ['US', 'FM', 'Federated States of Micronesia', 'Micronesia'],
  ['AU', 'WA', 'Western Aust.', 'W.A.'],
])(
  '%s: shops and people write %s in other ways, and the closed list takes them',
  (country, code, ...spellings) => {
    for (const written of spellings) {
      expect.soft([written, isAllowedState(country, written)]).toEqual([written, true])
      expect.soft([written, findStateCode(country, written)]).toEqual([written, code])
    }
  },
)

test.each<[country: string, ...spellings: string[]]>([
  ['CN', 'NM', '内蒙古', '内蒙古自治区', 'Nei Mongol', 'Inner Mongolia', '15'],
  ['CN', 'GX', '广西', '广西壮族自治区', 'Guangxi', '45'],
  ['CN', 'XJ', '新疆', '新疆维吾尔自治区', 'Xinjiang', 'CN-65'],
  ['CN', 'XZ', '西藏自治区', 'Tibet'],
  ['CO', 'DC', 'Bogotá D.C.', 'Bogota'],
  ['ES', 'M', 'MD', 'ES-MD', 'Madrid', 'Comunidad de Madrid'],
  ['ES', 'O', 'AS', 'Asturias', 'Principado de Asturias'],
  ['ES', 'S', 'CB', 'Cantabria'],
  ['ES', 'LO', 'RI', 'La Rioja'],
  ['ES', 'PM', 'IB', 'Baleares', 'Illes Balears', 'Islas Baleares'],
  ['ES', 'NA', 'NC', 'Navarra', 'Comunidad Foral de Navarra'],
  ['IN', 'OD', 'OR', 'Orissa', 'Odisha'],
  ['IN', 'UK', 'UA', 'Uttaranchal', 'Uttarakhand'],
  ['IN', 'PY', 'Pondicherry', 'Puducherry'],
  ['IN', 'JK', 'Jammu & Kashmir', 'Jammu and Kashmir'],
  ['IN', 'DL', 'New Delhi', 'NCT of Delhi'],
  ['IT', 'AO', "Valle d'Aosta", 'Aosta', '23', 'Vallée d’Aoste'],
  ['IT', 'FC', 'FO', 'Forlì', 'Forlì-Cesena'],
  ['IT', 'MI', 'Prov. di Milano', 'Provincia di Milano', 'Milan'],
  ['IT', 'RE', "Reggio nell'Emilia", 'Reggio Emilia'],
  ['KR', '43', '충청북도', '충북', 'Chungcheongbuk-do'],
  ['KR', '45', '전라북도', '전북특별자치도', '전북', 'Jeollabuk-do'],
  ['KR', '42', '강원도', '강원특별자치도', 'Gangwon'],
  ['KR', '49', '제주도', '제주특별자치도', 'Jeju'],
  ['MX', 'CMX', 'CDMX', 'D.F.', 'DIF', 'Ciudad de México'],
  ['MX', 'GRO', 'Gro.', 'Guerrero'],
  ['MX', 'COA', 'Coah.', 'Coahuila', 'Coahuila de Zaragoza'],
  ['PH', '00', 'NCR', 'Metro Manila'],
  ['TH', '10', 'กรุงเทพฯ', 'กรุงเทพมหานคร', 'Bangkok'],
  ['TW', 'TPE', '台北市', '臺北市', 'Taipei City'],
])('%s: old names, short forms and both levels of one place are %s', (country, ...spellings) => {
  const code = makeStateCodeFinder(spellings[0] ?? '')(country)
  expect(code).toBeDefined()
  for (const written of spellings) {
    expect.soft([written, makeStateCodeFinder(written)(country)]).toEqual([written, code])
  }
})

test.each<[country: string, one: string, other: string]>([
  ['AR', 'Buenos Aires', 'Ciudad de Buenos Aires'],
  ['CN', '陕西', '山西'],
  ['CO', 'Cundinamarca', 'Bogotá D.C.'],
  ['ES', 'Valencia', 'Valladolid'],
  ['IT', 'Reggio Emilia', 'Reggio Calabria'],
  ['JP', '京都府', '東京都'],
  ['KR', '충청북도', '충청남도'],
  ['MX', 'Baja California', 'Baja California Sur'],
  ['MX', 'México', 'Ciudad de México'],
  ['US', 'Washington', 'Washington DC'],
  ['US', 'Virginia', 'W. Virginia'],
])('%s: %s and %s are two', (country, one, other) => {
  expect(makeStateCodeFinder(one)(country)).not.toBe(makeStateCodeFinder(other)(country))
})
