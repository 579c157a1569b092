/**
 * Names that the sources lack: those in English and in the languages and scripts that people of the country write, and short forms.
 * A line is a country; each state has its code of ISO 3166-2 and its names.
 */
export const MORE_STATE_NAMES = `
AE AZ=Abu Dhabi|DU=Dubai|SH=Sharjah
AT 1=Burgenland|2=Carinthia|3=Lower Austria=Niederoesterreich|4=Upper Austria=Oberoesterreich|6=Styria|7=Tyrol|9=Vienna
AR C=CABA=Capital Federal=Ciudad de Buenos Aires|B=Provincia de Buenos Aires=PBA
BE BRU=Brussels=Bruxelles=Brussel|VAN=Antwerp=Anvers|VBR=Flemish Brabant=Brabant flamand|VLI=Limbourg|VOV=East Flanders=Flandre-Orientale|VWV=West Flanders=Flandre-Occidentale|WBR=Walloon Brabant=Waals-Brabant|WHT=Henegouwen|WLG=Luik|WLX=Luxemburg|WNA=Namen
BG 01=Благоевград|02=Бургас|03=Варна|04=Велико Търново|05=Видин|06=Враца|07=Габрово|08=Добрич|09=Кърджали|10=Кюстендил|11=Ловеч|12=Монтана|13=Пазарджик|14=Перник|15=Плевен|16=Пловдив|17=Разград|18=Русе|19=Силистра|20=Сливен|21=Смолян|22=Sofia=София=София-град=Sofia City|23=Софийска област|24=Стара Загора|25=Търговище|26=Хасково|27=Шумен|28=Ямбол
BY BR=Брестская=Брэсцкая|HO=Гомельская=Гомельская вобласць|HR=Гродненская=Гродзенская|MA=Могилёвская=Магілёўская|MI=Минская=Мінская|VI=Витебская=Віцебская|HM=Минск=Мінск
CH BE=Berne=Berna|FR=Freiburg=Friburgo|GE=Geneva=Genf=Ginevra|GR=Grisons=Grigioni=Grischun|LU=Lucerne|NE=Neuenburg|SG=Saint Gallen=Saint-Gall|SH=Schaffhouse|SO=Soleure|TG=Thurgovie|TI=Tessin|VD=Waadt|VS=Wallis|ZH=Zurich=Zurigo|AG=Argovie|BS=Basel-City=Bâle-Ville|BL=Bâle-Campagne|ZG=Zoug
CZ 10=Prague=Praha|20=Central Bohemian=Středočeský|31=South Bohemian=Jihočeský|64=South Moravian=Jihomoravský|80=Moravian-Silesian=Moravskoslezský
DE BE=Berlin|BY=Bavaria=Bavière=Baviera|HE=Hesse|MV=Mecklenburg-West Pomerania=Mecklenburg-Western Pomerania|NI=Lower Saxony|NW=North Rhine-Westphalia=NRW|RP=Rhineland-Palatinate|SL=Saar|SN=Saxony|ST=Saxony-Anhalt|TH=Thuringia=Thueringen|BW=Baden-Wuerttemberg
DK 81=North Denmark|82=Central Denmark|83=Southern Denmark|84=Capital Region|85=Zealand
ES PM=Baleares=Balears=Balearic Islands=Islas Baleares|O=Principado de Asturias|NA=Comunidad Foral de Navarra|MD=Community of Madrid|CT=Catalonia=Cataluña=Catalunya|PV=Basque Country=País Vasco=Euskadi|AN=Andalucía=Andalusia|GA=Galicia|NC=Navarre|VC=Comunitat Valenciana=Valencian Community
FI 01=Åland|05=Kainuu=Kajanaland|10=Lappi=Lapland=Lappland|18=Uusimaa=Nyland|11=Pirkanmaa=Birkaland|19=Varsinais-Suomi=Southwest Finland=Egentliga Finland
FR IDF=Ile de France|BRE=Brittany|NOR=Normandy|20R=Corsica|OCC=Occitania|PAC=PACA|75C=Paris=75
GE AB=აფხაზეთი|AJ=აჭარა|TB=თბილისი=Tbilisi|IM=იმერეთი|KA=კახეთი|KK=ქვემო ქართლი
GR A=Ανατολική Μακεδονία και Θράκη=East Macedonia and Thrace|B=Κεντρική Μακεδονία=Central Macedonia|C=Δυτική Μακεδονία=West Macedonia|D=Ήπειρος=Epirus|E=Θεσσαλία=Thessaly|F=Ιόνια Νησιά=Ionian Islands|G=Δυτική Ελλάδα=West Greece|H=Στερεά Ελλάδα=Central Greece|I=Αττική=Attica=Attiki|J=Πελοπόννησος=Peloponnese|K=Βόρειο Αιγαίο=North Aegean|L=Νότιο Αιγαίο=South Aegean|M=Κρήτη=Crete=Kriti|69=Άγιο Όρος=Mount Athos
IL D=הדרום=Southern|HA=חיפה=Haifa|JM=ירושלים=Jerusalem|M=המרכז=Central|TA=תל אביב=Tel Aviv|Z=הצפון=Northern
IT 21=Piedmont|23=Aosta Valley=AO=Aosta=Aoste=Valle d'Aosta=Vallée d'Aoste|25=Lombardy|32=Trentino-South Tyrol|36=Friuli|52=Tuscany|62=Latium|75=Apulia|78=Calabria|82=Sicily|88=Sardinia|BZ=Bozen=South Tyrol=Südtirol=Alto Adige|FI=Florence|GE=Genoa|MI=Milan|MN=Mantua|NA=Naples|PD=Padua|RM=Rome|SR=Syracuse|TO=Turin|VE=Venice|FC=Forlì=FO|PU=Pesaro=PS|MB=Monza=Monza Brianza|RE=Reggio nell'Emilia|RC=Reggio Calabria|AP=Ascoli|MS=Massa|VB=Verbania|BT=Barletta|AQ=Aquila
JO AM=عمان=Amman
KZ 75=Алматы=Almaty=ALA|71=Астана=Nur-Sultan=AST|79=Шымкент=SHY
LB BA=بيروت=Beirut
MA 06=الدار البيضاء=Casablanca-Settat
MX CMX=CDMX=DF=DIF=Distrito Federal=Mexico City=Ciudad de México|MEX=Edomex=Estado de México=State of Mexico|NLE=NL|JAL=Jal|AGU=Ags|BCN=BC=Baja California Norte|CAM=Camp|CHP=Chis|CHH=Chih|COA=Coah=Coahuila|DUR=Dgo|GUA=Gto|GRO=Gro|HID=Hgo|MIC=Mich|MOR=Mor|NAY=Nay|OAX=Oax|PUE=Pue|QUE=Qro=Querétaro de Arteaga|ROO=Q Roo=QR|SLP=San Luis|SIN=Sin|SON=Son|TAM=Tamps|TLA=Tlax|VER=Ver|YUC=Yuc|ZAC=Zac
MY 14=KL=Kuala Lumpur|07=Penang|04=Malacca
NL FR=Friesland=Frisia|NB=North Brabant|NH=North Holland|ZH=South Holland|ZE=Zealand
NO 03=Oslo|46=Vestland
PK PB=Punjab|SD=Sindh|IS=Islamabad|KP=Khyber Pakhtunkhwa
PL 02=Lower Silesia=Lower Silesian|04=Kuyavia-Pomerania|06=Lublin|08=Lubusz|10=Lodz|12=Lesser Poland|14=Mazovia=Masovian|16=Opole|18=Subcarpathia=Subcarpathian|20=Podlachia|22=Pomerania=Pomeranian|24=Silesia=Silesian|26=Holy Cross|28=Warmia-Masuria|30=Greater Poland|32=West Pomerania=West Pomeranian
PT 11=Lisbon|20=Azores
RO B=Bucharest=Bucuresti
RS 00=Београд=Belgrade|KM=Косово
RU MOW=Moscow=Москва|MOS=Moscow Oblast=Московская область|SPE=Saint Petersburg=St Petersburg=СПб|TA=Tatarstan=Татарстан|BA=Bashkortostan=Башкортостан
SA 01=الرياض=Riyadh|02=مكة المكرمة=Makkah=Mecca|03=المدينة المنورة=Madinah=Medina|04=الشرقية=Eastern Province=Eastern
SE AB=Stockholm|M=Scania=Skåne|O=Västra Götaland=Vastra Gotaland
SK BL=Bratislava|KI=Košice
TH 10=Bangkok=BKK|10=กรุงเทพฯ=กรุงเทพ=กทม
TR 34=Istanbul|06=Ankara|35=Izmir
US DC=Washington DC=Wash DC|AL=Ala|AZ=Ariz|AR=Ark|CA=Calif=Cal|CO=Colo|CT=Conn|DE=Del|FL=Fla|IL=Ill|IN=Ind|KS=Kan=Kans|KY=Commonwealth of Kentucky|MA=Mass=Commonwealth of Massachusetts|MI=Mich|MN=Minn|MS=Miss|MT=Mont|NE=Neb=Nebr|NV=Nev|NM=N Mex=N Mexico|NC=N Carolina|ND=N Dak=N Dakota|OK=Okla|OR=Ore=Oreg|PA=Penn=Penna=Commonwealth of Pennsylvania|RI=Rhode Is|SC=S Carolina|SD=S Dak=S Dakota|TN=Tenn|TX=Tex|VA=Commonwealth of Virginia|WA=Wash|WV=W Va=W Virginia|WI=Wis=Wisc|WY=Wyo|VI=US Virgin Islands=USVI|AA=Armed Forces Americas=Armed Forces the Americas|AE=Armed Forces Europe=Armed Forces Africa=Armed Forces Canada=Armed Forces Middle East|AP=Armed Forces Pacific|FM=Federated States of Micronesia|MP=Northern Marianas=Northern Mariana Is=CNMI
UA 30=Kyiv=Kiev=Київ=Киев|51=Odesa=Odessa|46=Lviv|63=Kharkiv|12=Dnipropetrovsk
VN SG=TP HCM=TPHCM=Ho Chi Minh City=Ho Chi Minh=Saigon|HN=Hà Nội=Hanoi|DN=Đà Nẵng=Da Nang
ZA GP=Gauteng=GT|KZN=KwaZulu-Natal=NL|LP=LI|MP=MPU
AU NSW=NS Wales|VIC=Vict|QLD=Queensl|SA=South Aust|WA=Western Aust|TAS=Tassie
CA NL=Newfoundland=NF=NFLD=Labrador=Terre-Neuve|PE=PEI=Prince Edward Is=ÎPÉ|QC=PQ=Que|NT=NWT=TNO|YT=Yukon Territory=YK|ON=Ont|AB=Alta|SK=Sask|MB=Man|BC=CB=B Columbia
CN NM=Inner Mongolia=内蒙古=Nei Mongol=15|GX=Guangxi=广西=45|NX=Ningxia=宁夏=64|XJ=Xinjiang=新疆=65|XZ=Tibet|HK=Hong Kong=香港=91|MO=Macau=Macao=澳门=92
CO DC=Bogotá D.C.|SAP=San Andrés|VAC=Valle
IN OD=Orissa|UK=Uttaranchal=UA|PY=Pondicherry|DL=New Delhi=NCT of Delhi=NCT=Delhi NCR|AN=A&N Islands=Andaman Nicobar|DH=DN=DD=Dadra and Nagar Haveli=Daman and Diu
KR 43=충청북도|44=충청남도|45=전라북도|46=전라남도|47=경상북도|48=경상남도
PH 00=NCR
TW TPE=臺北|TNN=臺南|TXG=臺中|TTT=臺東
`
