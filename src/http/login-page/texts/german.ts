import type { PageTexts } from './index.ts'
import { providerGerman } from './provider.ts'

export const germanPageTexts: PageTexts = {
  logIn: 'Anmelden',
  intro: (client) => `Sie melden sich bei ${client} an.`,
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  cancel: 'Abbrechen',
  passkey: 'Mit einem Passkey anmelden',
  mailCode: 'Stattdessen einen Code per Mail schicken',
  mailed: (address) =>
    `Wenn es für ${address} ein Konto gibt, ist eine Mail mit einem sechsstelligen Code unterwegs. Er gilt 10 Minuten, auf dieser Seite. Steht in der Mail stattdessen ein Link, kopieren Sie ihn in das Feld.`,
  code: 'Code',
  mailAgain: 'Noch einen Code schicken',
  otherWay: 'Anders anmelden',
  codeRefusals: {
    invalid_credentials:
      'Dieser Code ist falsch oder zu alt. Sehen Sie in die neueste Mail, oder fordern Sie nach einer halben Minute einen neuen an.',
    too_many_attempts:
      'Zu viele falsche Codes. Warten Sie ein wenig, oder melden Sie sich anders an.',
  },
  consent: (client) => `${client} darf dann für Sie:`,
  rights: [
    'Ihr Profil und Ihre Adressen sehen und ändern',
    'Ihre Bestellungen und Gruppen sehen',
    'Ihr Konto verwalten: Einwilligungen, Anmeldungen, E-Mail-Adresse, Auskunft und Löschung',
  ],
  noAccount:
    'Das Passwort vergessen? Lassen Sie sich einen Code schicken. Noch kein Konto? Legen Sie es im Shop an:',
  toShop: (shop) => `Zu ${shop}`,
  newByCode:
    'Passwort vergessen oder noch kein Konto? Lassen Sie sich einen Code schicken: Er meldet Sie an, und legt ein Konto an, wenn Sie keines haben.',
  error: 'Fehler',
  errorCode: 'Code',
  refusals: {
    invalid_credentials: 'Die E-Mail-Adresse oder das Passwort ist falsch.',
    email_unverified:
      'Ihre E-Mail-Adresse ist noch nicht bestätigt. Öffnen Sie den Link in der Mail, die wir Ihnen geschickt haben, und melden Sie sich dann an.',
    customer_disabled: 'Dieses Konto ist gesperrt. Der Shop kann Ihnen mehr dazu sagen.',
    too_many_attempts:
      'Zu viele Fehlversuche. Warten Sie ein wenig, oder setzen Sie ein neues Passwort.',
    too_many_requests: 'Gerade sind es zu viele Anfragen. Warten Sie ein wenig.',
    invalid_input:
      'Geben Sie Ihre ganze E-Mail-Adresse ein, und Ihr Passwort, wenn Sie keinen Code anfordern.',
    invalid_request: 'Diese Seite war lange offen. Melden Sie sich jetzt an.',
    database_unavailable: 'Die Anmeldung geht gerade nicht. Versuchen Sie es bald noch einmal.',
    issuer_unavailable: 'Die Anmeldung geht gerade nicht. Versuchen Sie es bald noch einmal.',
  },
  otherwise: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.',
  untrusted: {
    title: 'Dieser Link funktioniert nicht',
    text: 'Die Seite, von der Sie kommen, fragt auf eine Weise nach Ihrer Anmeldung, die nicht sicher ist. Deshalb geht es hier nicht weiter. Gehen Sie zurück zum Shop, und versuchen Sie es von dort noch einmal.',
  },
  lost: {
    title: 'Diese Seite gilt nicht mehr',
    text: 'Sie war zu lange oder in einem anderen Browser offen, oder Ihr Browser nimmt keine Cookies an. Gehen Sie zurück zum Shop, und melden Sie sich von dort noch einmal an.',
  },
  failed: 'Etwas ist schiefgegangen',
  provider: providerGerman,
}
