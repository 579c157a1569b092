import type { Words } from './index.ts'
import { providerGerman } from './provider.ts'

export const german: Words = {
  logIn: 'Anmelden',
  intro: (client) => `Sie melden sich bei ${client} an.`,
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  cancel: 'Abbrechen',
  consent: (client) => `${client} darf dann für Sie:`,
  rights: [
    'Ihr Profil und Ihre Adressen sehen und ändern',
    'Ihre Bestellungen und Gruppen sehen',
    'Ihr Konto verwalten: Einwilligungen, Anmeldungen, E-Mail-Adresse, Auskunft und Löschung',
  ],
  noAccount: (shop) =>
    `Noch kein Konto, oder das Passwort vergessen? Bei ${shop} können Sie ein Konto anlegen oder ein neues Passwort setzen.`,
  error: 'Fehler',
  refusals: {
    invalid_credentials: 'Die E-Mail-Adresse oder das Passwort ist falsch.',
    email_unverified:
      'Ihre E-Mail-Adresse ist noch nicht bestätigt. Öffnen Sie den Link in der Mail, die wir Ihnen geschickt haben, und melden Sie sich dann an.',
    customer_disabled: 'Dieses Konto ist gesperrt. Der Shop kann Ihnen mehr dazu sagen.',
    too_many_attempts:
      'Zu viele Fehlversuche. Warten Sie ein wenig, oder setzen Sie ein neues Passwort.',
    too_many_requests: 'Gerade sind es zu viele Anfragen. Warten Sie ein wenig.',
    invalid_input: 'Geben Sie Ihre ganze E-Mail-Adresse und Ihr Passwort ein.',
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
