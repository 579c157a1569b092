import { describe, expect, test } from 'vitest'
import { samenessOf } from '../../../src/core/address/sameness.ts'

const at = (country: string, fields: object) => samenessOf({ country, ...fields })

describe('the same street', () => {
  test.each<[country: string, ...spellings: string[]]>([
    ['DE', 'Hauptstraße 5', 'HAUPTSTRASSE 5', 'HAUPTSTRAẞE 5', 'Haupt-Strasse 5', 'hauptstrasse 5'],
    ['DE', 'Müllerstraße 12 b', 'MÜLLERSTRASSE 12B', 'Mu\u0308llerstr\u0061sse 12-b'],
    ['TR', 'Işık Sokak 3', 'IŞIK SOKAK 3', 'ışık sokak 3', 'Isik Sokak 3'],
    ['TR', 'İstiklal Caddesi 1', 'ISTIKLAL CADDESI 1', 'istiklal caddesi 1', 'İSTİKLAL CADDESİ 1'],
    ['FR', "12 rue de l'Étoile", "12 RUE DE L'ETOILE", '12 RUE DE L ETOILE', '12 rue de l’étoile'],
    ['FR', '3 rue du Cœur', '3 RUE DU COEUR', '3 RUE DU CŒUR'],
    ['GR', 'Οδός Ερμού 5', 'ΟΔΟΣ ΕΡΜΟΥ 5', 'ΟΔΌΣ ΕΡΜΟΎ 5', 'οδοσ ερμου 5'],
    ['GR', 'Μαΐου 1', 'ΜΑΪΟΥ 1', 'ΜΑΙΟΥ 1'],
    ['BR', 'Praça da Sé, 1', 'PRACA DA SE 1'],
    ['ES', 'Av. Paral·lel 7', 'AV PARALLEL 7', 'AV. PARAL-LEL 7'],
    ['ES', 'Calle de la Peña 2', 'CALLE DE LA PENA 2'],
    ['PL', 'ul. Łódzka 8/10', 'UL. ŁÓDZKA 8/10', 'ul. Lodzka 8 / 10'],
    ['DK', 'Ørstedsgade 2', 'ØRSTEDSGADE 2', 'Orstedsgade 2'],
    ['IS', 'Þórsgata 1', 'ÞÓRSGATA 1', 'THORSGATA 1'],
    ['RU', 'ул. Королёва 12', 'УЛ. КОРОЛЕВА 12', 'ул Королева, 12'],
    ['UA', "вул. Мар'яненка 3", 'ВУЛ. МАР’ЯНЕНКА 3'],
    ['AM', 'Երևանյան 3', 'ԵՐԵՒԱՆՅԱՆ 3'],
    ['VN', 'Lê Lợi 5', 'LE LOI 5'],
    ['LT', 'Žemaitės g. 7', 'ZEMAITES G 7'],
    ['IL', 'רח׳ הרצל 5', 'רח הרצל 5'],
    ['JP', '千代田１−２−３', '千代田1-2-3', '千代田1−2−3'],
    ['US', "O'Farrell St. 12", 'OFARRELL ST 12', 'O FARRELL ST 12'],
    ['US', '12½ Main St', '12 1/2 Main St'],
    ['US', '1 Main\u200b St\u00ad.', '1 Main St'],
    ['GB', 'Flat 4, ﬁrst floor', 'FLAT 4 FIRST FLOOR'],
  ])('in %s: %s', (country, first, ...others) => {
    for (const other of others) {
      expect([other, at(country, { line1: other })]).toEqual([other, at(country, { line1: first })])
    }
  })
})

describe('different streets', () => {
  test.each([
    ['Unit 1', 'Unit 11'],
    ['Unit 1, 1 Main St', 'Unit 11 Main St'],
    ['1/23 Main St', '12/3 Main St'],
    ['12 3', '123'],
    ['12½ Main St', '121/2 Main St'],
    ['Rue 5²', 'Rue 52'],
    ['Tower ① 2', 'Tower 12'],
    ['Flat 1 2B', 'Flat 12 B'],
    ['Level -1', 'Level 1'],
    ['Main St 5', 'Main St 6'],
    ['5A Main St', '5B Main St'],
    ['1.5', '15'],
    ['Hauptstraße 5', 'Hauptstraße'],
    ['Via Roma 1', 'Via Romana 1'],
  ])('%s is not %s', (one, other) => {
    expect(at('US', { line1: one })).not.toBe(at('US', { line1: other }))
  })
})

describe('the same state', () => {
  test.each<[country: string, ...spellings: string[]]>([
    ['AE', 'DU', 'Dubai', 'دبي', 'Emirate of Dubai'],
    ['AR', 'B', 'Buenos Aires', 'Provincia de Buenos Aires'],
    ['AR', 'C', 'CABA', 'Ciudad Autónoma de Buenos Aires'],
    ['AT', '9', 'Wien', 'WIEN', 'Vienna', 'AT-9'],
    ['AU', 'NSW', 'New South Wales', 'N.S.W.', 'AU-NSW'],
    ['BG', '22', 'София', 'Sofia'],
    ['BR', 'SP', 'São Paulo', 'SAO PAULO', 'BR-SP', 'Estado de São Paulo'],
    ['BR', 'MS', 'Mato Grosso do Sul', 'MATO GROSSO DO SUL'],
    ['CA', 'QC', 'Québec', 'QUEBEC', 'Quebec', 'CA-QC'],
    ['CH', 'ZH', 'Zürich', 'Zurich', 'Kanton Zürich', 'CH-ZH'],
    ['CH', 'GE', 'Genève', 'GENEVE', 'Genf', 'Geneva', 'Canton de Genève'],
    ['CN', 'BJ', '北京市', '北京', 'Beijing', 'Beijing Shi', 'CN-BJ', '11'],
    ['CN', 'GD', '广东省', 'Guangdong', 'GUANGDONG SHENG'],
    ['CO', 'ANT', 'Antioquia', 'CO-ANT'],
    ['DE', 'BY', 'Bayern', 'BAYERN', 'Bavaria', 'Freistaat Bayern', 'DE-BY'],
    ['DE', 'TH', 'Thüringen', 'THURINGEN', 'Thuringia'],
    ['EG', 'C', 'Cairo', 'القاهرة', 'Cairo Governorate'],
    ['ES', 'M', 'Madrid', 'ES-M', 'Provincia de Madrid'],
    ['ES', 'A', 'Alicante', 'ES-A'],
    ['FR', 'IDF', 'Île-de-France', 'ILE DE FRANCE', 'FR-IDF'],
    ['GR', 'I', 'Αττική', 'ΑΤΤΙΚΗ', 'Attica', 'Attikí', 'GR-I'],
    ['HK', '九龍', 'Kowloon', 'KOWLOON'],
    ['ID', 'JK', 'DKI Jakarta', 'Jakarta'],
    ['IE', 'D', 'Co. Dublin', 'County Dublin', 'Dublin', 'IE-D'],
    ['IN', 'MH', 'Maharashtra', 'MAHĀRĀSHTRA', 'IN-MH', 'State of Maharashtra'],
    ['IT', 'MI', 'Milano', 'Provincia di Milano', 'IT-MI'],
    ['IT', 'BZ', 'Bolzano', 'Südtirol', 'SUDTIROL'],
    ['JP', '13', 'JP-13', '東京都', '東京', 'Tokyo', 'Tōkyō', 'TOKYO-TO'],
    ['JP', '01', '1', '北海道', 'Hokkaidō', 'Hokkaido'],
    ['KR', '11', '서울특별시', '서울', 'Seoul'],
    ['MX', 'CMX', 'Ciudad de México', 'CDMX', 'D.F.', 'MX-CMX'],
    ['MY', '14', 'Kuala Lumpur', 'KL'],
    ['NL', 'NH', 'Noord-Holland', 'North Holland'],
    ['PL', '14', 'Mazowieckie', 'województwo mazowieckie', 'Mazovia'],
    ['PT', '11', 'Lisboa', 'Lisbon'],
    ['RU', 'MOW', 'Москва', 'г. Москва', 'Moscow', 'MOSKVA'],
    ['RU', 'MOS', 'Московская область', 'МОСКОВСКАЯ ОБЛ.', 'Moskovskaya oblast', 'Moscow Oblast'],
    ['SE', 'AB', 'Stockholms län', 'STOCKHOLM'],
    ['TH', '10', 'กรุงเทพมหานคร', 'Bangkok'],
    ['TR', '34', 'İstanbul', 'ISTANBUL', 'Istanbul', 'TR-34'],
    ['TR', '35', 'İzmir', 'IZMIR', 'İZMİR'],
    ['UA', '30', 'Київ', 'КИЇВ', 'Kyiv'],
    ['US', 'CA', 'California', 'Calif' + 'ornia', 'US-CA', 'State of California', 'ca'],
    ['VN', 'HN', 'Hà Nội', 'HA NOI', 'Thành phố Hà Nội'],
    ['ZA', 'KZN', 'KwaZulu-Natal', 'KwaZulu Natal', 'NL'],
  ])('in %s: %s', (country, first, ...others) => {
    for (const state of others) {
      expect([state, at(country, { state })]).toEqual([state, at(country, { state: first })])
    }
  })

  test.each([
    ['AR', 'Ciudad Autónoma de Buenos Aires', 'Provincia de Buenos Aires'],
    ['RU', 'Москва', 'Московская область'],
    ['BR', 'Mato Grosso', 'Mato Grosso do Sul'],
    ['BR', 'Rio Grande do Norte', 'Rio Grande do Sul'],
    ['CH', 'Basel-Stadt', 'Basel-Landschaft'],
    ['US', 'Virginia', 'West Virginia'],
    ['US', 'Washington', 'District of Columbia'],
    ['DE', 'Sachsen', 'Sachsen-Anhalt'],
    ['JP', '京都府', '東京都'],
    ['MX', 'Ciudad de México', 'Estado de México'],
    ['AQ', 'Camp North', 'Camp South'],
    ['XX', 'A', 'B'],
  ])('in %s %s is not %s', (country, one, other) => {
    expect(at(country, { state: one })).not.toBe(at(country, { state: other }))
  })
})
