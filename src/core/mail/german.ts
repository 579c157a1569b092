import type { MailCatalog } from './template-and-language.ts'

const notYou =
  'Waren Sie das nicht, können Sie diese Mail ignorieren: Ohne den Link geschieht nichts.'

/** @param removal how to take it away again. */
const linked = (shop: string, provider: string, removal = '') => ({
  subject: `Sie können sich bei ${shop} mit ${provider} anmelden`,
  before: [
    `Eine Anmeldung mit ${provider} wurde mit Ihrem Konto bei ${shop} verknüpft. Ab jetzt öffnet sie Ihr Konto.${removal}`,
  ],
  action: '',
  after: [
    'Waren Sie das nicht, setzen Sie sofort ein neues Passwort: im Shop unter „Passwort vergessen“. Danach kann sich niemand sonst anmelden.',
  ],
})

export const germanMails: MailCatalog = {
  verify: (shop) => ({
    subject: `Bestätigen Sie Ihre E-Mail-Adresse für ${shop}`,
    before: [
      `Jemand, vermutlich Sie, hat bei ${shop} mit dieser E-Mail-Adresse ein Konto angelegt.`,
      'Zum Bestätigen öffnen Sie diesen Link und geben das gewählte Passwort ein. Er gilt 24 Stunden.',
    ],
    action: 'Adresse bestätigen',
    after: [notYou],
  }),
  account_exists: (shop) => ({
    subject: `Sie haben bereits ein Konto bei ${shop}`,
    before: [
      `Jemand, vermutlich Sie, wollte bei ${shop} mit dieser E-Mail-Adresse ein Konto anlegen. Sie haben schon eines und können sich einfach anmelden.`,
      'Wissen Sie das Passwort nicht mehr, setzen Sie mit diesem Link ein neues. Er gilt 24 Stunden.',
    ],
    action: 'Neues Passwort setzen',
    after: ['Waren Sie das nicht, können Sie diese Mail ignorieren: Ihr Konto ist unverändert.'],
  }),
  reset: (shop) => ({
    subject: `Neues Passwort für ${shop}`,
    before: [
      `Jemand, vermutlich Sie, möchte ein neues Passwort für Ihr Konto bei ${shop}.`,
      'Setzen Sie es mit diesem Link. Er gilt einmal, 24 Stunden lang.',
    ],
    action: 'Neues Passwort setzen',
    after: [notYou],
  }),
  invitation: (shop) => ({
    subject: `Ihr Konto bei ${shop} wartet auf Sie`,
    before: [
      `${shop} hat ein Konto für Sie, mit dieser E-Mail-Adresse.`,
      'Um es zu benutzen, wählen Sie mit diesem Link ein Passwort. Er gilt einmal, 7 Tage lang.',
    ],
    action: 'Passwort wählen',
    after: ['Möchten Sie das Konto nicht, können Sie diese Mail ignorieren.'],
  }),
  confirm_email: (shop) => ({
    subject: `Bestätigen Sie Ihre neue E-Mail-Adresse für ${shop}`,
    before: [
      `Jemand, vermutlich Sie, möchte diese E-Mail-Adresse für ein Konto bei ${shop} verwenden.`,
      'Zum Bestätigen öffnen Sie diesen Link. Wenn Sie dort nicht angemeldet sind, geben Sie Ihr Passwort ein. Der Link gilt 24 Stunden.',
    ],
    action: 'Neue Adresse bestätigen',
    after: [notYou],
  }),
  address_reserved: (shop) => ({
    subject: `Diese E-Mail-Adresse ist bei ${shop} noch nicht frei`,
    before: [
      `Jemand, vermutlich Sie, möchte diese E-Mail-Adresse für ein Konto bei ${shop} verwenden.`,
      'Ein Konto ist von dieser Adresse zu einer anderen gewechselt. 72 Stunden lang bleibt die Adresse frei, damit der Inhaber den Wechsel rückgängig machen kann.',
    ],
    action: '',
    after: [
      'Ist es Ihr Konto, melden Sie sich mit der neuen Adresse an. Haben Sie die Adresse nicht gewechselt, benutzen Sie den Link in der früheren Mail über den Wechsel. Sonst versuchen Sie es nach den 72 Stunden noch einmal.',
    ],
  }),
  email_moved: (shop) => ({
    subject: `Bestätigen Sie die neue E-Mail-Adresse Ihres Kontos bei ${shop}`,
    before: [
      `Die E-Mail-Adresse Ihres Kontos bei ${shop} wurde in diese geändert.`,
      'Um sich damit anzumelden, öffnen Sie diesen Link und geben das Passwort Ihres Kontos ein; hat es noch keines, wählen Sie eines. Der Link gilt 24 Stunden.',
    ],
    action: 'Neue Adresse bestätigen',
    after: [
      'Haben Sie dort kein Konto, können Sie diese Mail ignorieren: Wahrscheinlich hat sich jemand vertippt.',
    ],
  }),
  email_changed: (shop) => ({
    subject: `Ihre E-Mail-Adresse bei ${shop} wurde geändert`,
    before: [
      `Ihr Konto bei ${shop} hat eine neue E-Mail-Adresse. Haben Sie sie geändert, ist nichts zu tun.`,
      'Waren Sie das nicht, holen Sie sich Ihr Konto mit diesem Link zurück. Er gilt 72 Stunden: Ihre Adresse kehrt zurück, alle werden abgemeldet, Passkeys werden entfernt, und Sie setzen ein neues Passwort.',
    ],
    action: 'Änderung rückgängig machen',
    after: [],
  }),
  email_returned: (shop) => ({
    subject: `Diese E-Mail-Adresse gehört nicht mehr zu Ihrem Konto bei ${shop}`,
    before: [
      `Die Änderung der E-Mail-Adresse Ihres Kontos bei ${shop} wurde rückgängig gemacht: Es hat wieder seine frühere Adresse, alle wurden abgemeldet, und mit dieser Adresse kann sich niemand mehr anmelden.`,
    ],
    action: '',
    after: [`Waren Sie das nicht, wenden Sie sich an ${shop}.`],
  }),
  password_set: (shop) => ({
    subject: `Ihr Konto bei ${shop} hat ein Passwort`,
    before: [
      `Für Ihr Konto bei ${shop} wurde ein Passwort gesetzt. Ab jetzt melden Sie sich mit dieser E-Mail-Adresse und diesem Passwort an.`,
    ],
    action: '',
    after: [
      'Waren Sie das nicht, setzen Sie sofort ein neues: im Shop unter „Passwort vergessen“.',
    ],
  }),
  account_merged: (shop) => ({
    subject: `Ihr Konto bei ${shop} wurde mit einem anderen zusammengeführt`,
    before: [
      `${shop} hat Ihr Konto mit einem anderen Konto zusammengeführt. Ihre Bestellungen und Adressen sind jetzt dort, und mit dieser E-Mail-Adresse kann sich niemand mehr anmelden.`,
    ],
    action: '',
    after: [
      `Haben Sie kein anderes Konto, wenden Sie sich an ${shop}: Die Zusammenführung lässt sich rückgängig machen.`,
    ],
  }),
  account_parted: (shop) => ({
    subject: `Sie können sich bei ${shop} wieder mit dieser E-Mail-Adresse anmelden`,
    before: [
      `${shop} hat die Zusammenführung Ihres Kontos mit einem anderen rückgängig gemacht. Sie melden sich wie früher mit dieser E-Mail-Adresse an.`,
    ],
    action: '',
    after: ['Wissen Sie das Passwort nicht mehr, setzen Sie unter „Passwort vergessen“ ein neues.'],
  }),
  password_changed: (shop) => ({
    subject: `Ihr Passwort für ${shop} wurde geändert`,
    before: [
      `Das Passwort Ihres Kontos bei ${shop} wurde geändert; andere Geräte wurden abgemeldet.`,
    ],
    action: '',
    after: [
      'Waren Sie das nicht, setzen Sie sofort ein neues: im Shop unter „Passwort vergessen“.',
    ],
  }),
  session_reused: (shop) => ({
    subject: `Eine Anmeldung an Ihrem Konto bei ${shop} wurde beendet`,
    before: [
      `Zwei Geräte haben dieselbe Anmeldung an Ihrem Konto bei ${shop} benutzt. Eines gehört vielleicht jemand anderem, deshalb wurde diese Anmeldung beendet. Ihre anderen Anmeldungen bleiben bestehen.`,
    ],
    action: '',
    after: [
      'Melden Sie sich neu an. Haben Sie die Anmeldung nicht selbst auf ein anderes Gerät übertragen, setzen Sie ein neues Passwort: im Shop unter „Passwort vergessen“. Das meldet alle ab.',
    ],
  }),
  passkey_added: (shop) => ({
    subject: `Ihr Konto bei ${shop} hat einen neuen Passkey`,
    before: [
      `Zu Ihrem Konto bei ${shop} wurde ein Passkey hinzugefügt. Ab jetzt kann sich das Gerät anmelden, das ihn hat.`,
    ],
    action: '',
    after: [
      'Waren Sie das nicht, setzen Sie sofort ein neues Passwort: im Shop unter „Passwort vergessen“. Das entfernt alle Passkeys und meldet alle ab.',
    ],
  }),
  passkey_removed: (shop) => ({
    subject: `Ein Passkey Ihres Kontos bei ${shop} wurde entfernt`,
    before: [
      `Ein Passkey Ihres Kontos bei ${shop} wurde entfernt: Niemand kann sich mehr damit anmelden. Ihr Gerät bietet ihn vielleicht noch an; löschen Sie ihn auch dort.`,
    ],
    action: '',
    after: [
      'Waren Sie das nicht, setzen Sie sofort ein neues Passwort: im Shop unter „Passwort vergessen“.',
    ],
  }),
  access_reset: (shop) => ({
    subject: `Ihr Konto bei ${shop} hat ein neues Passwort und keine Passkeys`,
    before: [
      `Für Ihr Konto bei ${shop} wurde mit dem Link einer Mail ein Passwort gesetzt. Alle Geräte wurden abgemeldet und alle Passkeys entfernt: Fügen Sie sie in Ihrem Konto neu hinzu.`,
    ],
    action: '',
    after: [
      'Waren Sie das nicht, setzen Sie sofort ein neues: im Shop unter „Passwort vergessen“.',
    ],
  }),
  consent: (shop) => ({
    subject: `Darf ${shop} Ihnen schreiben?`,
    before: [
      `Jemand, vermutlich Sie, hat für diese E-Mail-Adresse Neuigkeiten von ${shop} bestellt.`,
      'Möchten Sie sie haben, öffnen Sie diesen Link und bestätigen es dort. Er gilt 7 Tage.',
    ],
    action: 'Bestätigen',
    after: [
      'Waren Sie das nicht, brauchen Sie nichts zu tun: Ohne Bestätigung kommen keine Neuigkeiten.',
    ],
  }),
  login_code: (shop) => ({
    subject: `Ihr Code für ${shop}`,
    before: [
      `Geben Sie diesen Code bei ${shop} ein, um sich anzumelden. Er gilt einmal, 10 Minuten lang, und nur in dem Fenster, in dem er angefordert wurde.`,
    ],
    action: '',
    after: [
      `Sagen Sie diesen Code niemandem, auch nicht ${shop}. Wenn Sie ihn nicht angefordert haben, können Sie diese E-Mail ignorieren.`,
    ],
  }),
  linking_code: (shop, provider) => ({
    subject: `Ihr Code für die Anmeldung mit ${provider} bei ${shop}`,
    before: [
      `Jemand, vermutlich Sie, hat sich mit ${provider} angemeldet und möchte diese Anmeldung mit Ihrem Konto bei ${shop} verknüpfen. Danach öffnet sie Ihr Konto.`,
      `Waren Sie das, geben Sie diesen Code bei ${shop} ein. Er gilt einmal, 10 Minuten lang, und nur in dem Fenster, in dem er angefordert wurde.`,
    ],
    action: '',
    after: [
      `Sagen Sie diesen Code niemandem, auch nicht ${shop}: Damit bekäme jemand Ihr Konto. Wenn Sie ihn nicht angefordert haben, können Sie diese E-Mail ignorieren.`,
    ],
  }),
  login_link: (shop) => ({
    subject: `Ihr Link zur Anmeldung bei ${shop}`,
    before: [
      `Für diese E-Mail-Adresse wurden bei ${shop} viele Codes angefordert oder versucht. Deshalb enthält diese E-Mail einen Link.`,
      'Öffnen Sie ihn in dem Browser, in dem Sie ihn angefordert haben. Sehen Sie dort ein Feld für einen Code, kopieren Sie den Link stattdessen in das Feld. Er gilt einmal, 24 Stunden lang.',
    ],
    action: 'Anmelden',
    after: [notYou],
  }),
  password_voided: (shop) => ({
    subject: `Die alte Anmeldung Ihres Kontos bei ${shop} gilt nicht mehr`,
    before: [
      `Sie haben diese E-Mail-Adresse bei ${shop} mit einem Code bestätigt. Ihr Konto hatte eine Anmeldung von davor, die jemand anderes eingerichtet haben kann. Sie gilt nicht mehr, und alle, die sie benutzt haben, wurden abgemeldet.`,
    ],
    action: '',
    after: ['Sie melden sich mit einem Code an oder legen in Ihrem Konto ein neues Passwort fest.'],
  }),
  login_linked: (shop, provider) =>
    linked(shop, provider, ' Sie können sie in Ihrem Konto entfernen.'),
  credential_linked: (shop, provider) => linked(shop, provider),
  login_unlinked: (shop, provider) => ({
    subject: `Eine Anmeldung mit ${provider} wurde von Ihrem Konto bei ${shop} entfernt`,
    before: [
      `Eine Anmeldung mit ${provider} öffnet Ihr Konto bei ${shop} nicht mehr. Alle anderen Anmeldungen gelten wie bisher.`,
    ],
    action: '',
    after: [
      'Waren Sie das nicht, oder haben Sie keine andere Anmeldung, setzen Sie ein neues Passwort: im Shop unter „Passwort vergessen“.',
    ],
  }),
}
