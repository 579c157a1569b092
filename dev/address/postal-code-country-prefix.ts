import { iso31661Alpha2ToAlpha3 } from 'iso-3166'

/** The letters of vehicles abroad (UNECE), and others that people write, where they are not the country's own two letters. */
const SIGNS = `
AD AND|AE UAE|AF AFG|AM ARM|AR RA|AT A|AU AUS|BA BIH|BB BDS|BD BGD|BE B|BH BRN|BN BRU|BT BHT|CA CDN|CL RCH|CN CHN,PRC|CU C|DE D|DM WD|DZ DZA
EE EST|EG ET|EH WSA|ES E|ET ETH|FI FIN,SF|FR F|GB UK|GG GBG|GI GBZ|GL KN|GN RG|GR EL|GT GCA|HN HON|HT RH|HU H|ID RI|IE IRL|IM GBM|IN IND|IQ IRQ
IT I|JE GBJ|JM JA|JO HKJ|JP J|KE EAK|KG KS|KH K|KR ROK|KW KWT|LA LAO|LB RL|LI FL|LK CL|LR LB|LU L|MG RM|MM BUR,MYA|MN MGL|MT M|MU MS|MV MDV
MX MEX|MY MAL|MZ MOC|NA NAM|NE RN|NG WAN,NGR|NI NIC|NO N|NP NEP|PH RP|PT P|RS SRB,SCG|RU RUS|SA KSA|SD SUD|SE S|SG SGP,S,SINGAPORE|SI SLO|SM RSM
SN SN|SZ SD|TH T|TW RC,ROC|TZ EAT|US USA|UY ROU|VA V,SCV|VC WV|VE YV|VG BVI|XK RKS|ZM Z,RNR`

/** Countries whose post is that of another one, so that people write its letters too. */
const POSTS = `
AX FI|BL FR|CC AU|CX AU|EH MA|FK GB|FO DK|GF FR|GG GB|GI GB|GL DK|GP FR|GS GB|GU US|AS US|HM AU|IM GB|IO GB|JE GB|LI CH|MC FR|MF FR|MP US
MQ FR|NC FR|NF AU|PF FR|PM FR|PN GB|PR US|RE FR|SH GB|SJ NO|SM IT|TC GB|UM US|VA IT|VI US|WF FR|XK RS|YT FR`

/** The letters that people write before a postal code of the country, besides its own two letters. */
export function postalPrefixesOfCountry(country: string): string[] {
  const alpha3 = iso31661Alpha2ToAlpha3[country]
  const own = [...(signs.get(country) ?? []), ...(alpha3 === undefined ? [] : [alpha3])]
  const others = (posts.get(country) ?? []).flatMap((post) => [
    post,
    ...postalPrefixesOfCountry(post),
  ])
  return [...new Set([...own, ...others])].filter((prefix) => prefix !== country)
}

const signs = read(SIGNS)
const posts = read(POSTS)

function read(table: string): ReadonlyMap<string, readonly string[]> {
  const entries = table.trim().split(/[|\n]/)
  return new Map(
    entries.map((entry) => {
      const [country = '', letters = ''] = entry.split(' ')
      return [country, letters.split(',')]
    }),
  )
}
