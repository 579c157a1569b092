import type { Known } from './form.ts'

/** Nobody else in the tests is called so. */
export const quentoria: Known = {
  emails: [
    'Zoëlina.Quent+shop@Exämple.test',
    'quentoria.second@example.test',
    'quentoria.third@example.test',
  ],
  names: ['Zoëlina Mária', 'Müllerova-Quentoria', 'Oldquentname', 'Quentoria GmbH'],
  phones: ['+493012345678', '+493087654321'],
  streets: ['Quentoriagasse 17b', 'Hinterhof Quentflügel', 'Altquentstrasse 4', 'Quentstadt'],
  texts: {
    reason: 'Quentreason of chargebacks',
    label: 'Quentlabel at her mother',
    value: 'quentmetadatavalue',
    browser: 'QuentBrowser/7.1',
    externalId: 'quent-external-4711',
    key: 'quent-idempotency@example.test',
    note: 'quentnote in a dead letter',
  },
  addresses: ['203.0.113.77'],
}

/** The same life in other scripts, with names of several words and of few letters. */
export const others: readonly Known[] = [
  {
    emails: ['Борис.Квентов@почта.test', 'kventov.two@example.test', 'kventov.three@example.test'],
    names: ['Борислав Квентович', 'Квентовский', 'Староквентов', 'ООО Квентофирма'],
    phones: ['+74951234567', '+74957654321'],
    streets: ['Квентовская улица 17', 'корпус Квент', 'Старая Квентовка 4', 'Квентоград'],
    texts: {
      reason: 'Квентовская причина',
      label: 'Квентова дача',
      value: 'квентозначение',
      browser: 'KventBrowser/8.2',
      externalId: 'kvent-external-4712',
      key: 'kvent-idempotency@example.test',
      note: 'квентозаметка в письме',
    },
    addresses: ['2001:db8:7777:8888::1'],
  },
  {
    emails: ['李昆特@例子.test', 'kunte.two@example.test', 'kunte.three@example.test'],
    names: ['昆特瑞亞', '歐陽昆特', '舊昆特姓', '昆特瑞亞公司'],
    phones: ['+862161234567', '+862167654321'],
    streets: ['昆特瑞亞路十七號', '昆特側樓三層', '老昆特街四號', '昆特瑞亞市'],
    texts: {
      reason: '昆特瑞亞的退款原因',
      label: '昆特瑞亞母親家',
      value: '昆特瑞亞的愛好',
      browser: 'KunteBrowser/9.3',
      externalId: 'kunte-external-4713',
      key: 'kunte-idempotency@example.test',
      note: '昆特瑞亞的死信備註',
    },
    addresses: ['198.51.100.79'],
  },
  {
    emails: [
      "Sean.O'Quentin@example.test",
      'oquentin.two@example.test',
      'oquentin.three@example.test',
    ],
    names: ['Seán Quentbar', "O'Quentin d'Arquent", 'McOldquent', 'Quentin & Söhne'],
    phones: ['+35312345678', '+35318765432'],
    streets: ['17 Upper Quentin Road', 'Flat Quentin 3b', '4 Old Quentin Lane', 'Quentinville'],
    texts: {
      reason: 'Quentin "asked" for it \\ twice',
      label: "Quentin's mother",
      value: 'quentin=100% & more',
      browser: 'QuentinBrowser/1.0 (X; "Y")',
      externalId: 'quentin-external-4714',
      key: 'quentin-idempotency@example.test',
      note: 'quentinnote <b>in</b> a letter',
    },
    addresses: ['203.0.113.99'],
  },
]
