/** Words of streets, cities and parts of them that people write short. Each line is one word to a searcher; its first one stands for all. */
export const STREET_ABBREVIATIONS = `
str st street strasse straat strada saint sankt sainte ste suite
rd road
av ave avenue avda avd avenida
blvd boulevard bd bvd boul bulevar bulvar бул бульвар
dr drive
ln lane
sq square
ct court
cres crescent
pl place platz plaza plein plass plads plac pza piazza пл площадь площа
hwy highway
pkwy parkway
terr terrace
apt apartment appartement apartamento
fl floor
bldg building
n north
s south
e east
w west
ne northeast
nw northwest
se southeast
sw southwest
r rue rua
c calle
ch chemin
rte route
cso corso
vle viale
ul ulica ulitsa ул улица вул вулиця
пер переулок провулок
пр просп проспект prospekt
наб набережная
cd cad cadde caddesi
sk sok sokak sokagi
mah mahalle mahallesi
`
/** The same of companies. None is a single letter: those are initials. */
export const COMPANY_ABBREVIATIONS = `
co company compagnie cie
corp corporation
inc incorporated
ltd limited
bros brothers
gebr gebrüder
intl international
assoc associates association
dept department
inst institute institut
univ university universität
str st saint sankt sainte
`

/** What stands for "&" between names. */
export const AND_WORDS = 'und and et og och en y e i и та ve'.split(' ')
/** Words that many leave out, before a number, too. */
export const OPTIONAL_WORDS: ReadonlySet<string> = new Set([
  ...AND_WORDS,
  ...'nr no num number numero nummer'.split(' '),
])
