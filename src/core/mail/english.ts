import type { MailCatalog } from './template-and-language.ts'

const notYou = 'If this was not you, you can ignore this mail: nothing happens without the link.'

/** @param removal how to take it away again. */
const linked = (shop: string, provider: string, removal = '') => ({
  subject: `You can log in at ${shop} with ${provider}`,
  before: [
    `A login with ${provider} was linked to your account at ${shop}. From now on it opens your account.${removal}`,
  ],
  action: '',
  after: [
    'If this was not you, set a new password at once with "forgot password" in the shop: nobody else can log in then.',
  ],
})

export const englishMails: MailCatalog = {
  verify: (shop) => ({
    subject: `Confirm your e-mail address for ${shop}`,
    before: [
      `Someone, probably you, created an account at ${shop} with this e-mail address.`,
      'To confirm it, open this link and enter the password you chose. It works for 24 hours.',
    ],
    action: 'Confirm the address',
    after: [notYou],
  }),
  account_exists: (shop) => ({
    subject: `You already have an account at ${shop}`,
    before: [
      `Someone, probably you, tried to create an account at ${shop} with this e-mail address. You already have one, so you can just log in.`,
      'If you do not remember your password, set a new one with this link. It works for 24 hours.',
    ],
    action: 'Set a new password',
    after: ['If this was not you, you can ignore this mail: your account is as it was.'],
  }),
  reset: (shop) => ({
    subject: `Set a new password for ${shop}`,
    before: [
      `Someone, probably you, asked for a new password for your account at ${shop}.`,
      'Set it with this link. It works once, for 24 hours.',
    ],
    action: 'Set a new password',
    after: [notYou],
  }),
  invitation: (shop) => ({
    subject: `Your account at ${shop} is waiting for you`,
    before: [
      `${shop} has an account for you, with this e-mail address.`,
      'To use it, choose a password with this link. It works once, for 7 days.',
    ],
    action: 'Choose a password',
    after: ['If you do not want the account, you can ignore this mail.'],
  }),
  confirm_email: (shop) => ({
    subject: `Confirm your new e-mail address for ${shop}`,
    before: [
      `Someone, probably you, wants to use this e-mail address for an account at ${shop}.`,
      'To confirm it, open this link. If you are not logged in there, enter your password. The link works for 24 hours.',
    ],
    action: 'Confirm the new address',
    after: [notYou],
  }),
  address_reserved: (shop) => ({
    subject: `This e-mail address is not free yet at ${shop}`,
    before: [
      `Someone, probably you, wants to use this e-mail address for an account at ${shop}.`,
      'An account has moved from this address to another one. For 72 hours, the address is kept free so that its owner can undo the move.',
    ],
    action: '',
    after: [
      'If it is your account, log in with its new address. If you did not move it, use the link in the earlier mail about the change. Otherwise try again when the 72 hours are over.',
    ],
  }),
  email_moved: (shop) => ({
    subject: `Confirm the new e-mail address of your account at ${shop}`,
    before: [
      `The e-mail address of your account at ${shop} was changed to this one.`,
      'To log in with it, open this link and enter the password of your account, or choose one if it has none yet. The link works for 24 hours.',
    ],
    action: 'Confirm the new address',
    after: [
      'If you have no account there, you can ignore this mail: the address was probably mistyped.',
    ],
  }),
  email_changed: (shop) => ({
    subject: `Your e-mail address at ${shop} was changed`,
    before: [
      `Your account at ${shop} has a new e-mail address. If you changed it, there is nothing to do.`,
      'If this was not you, take your account back with this link. It works for 72 hours: your address returns, everyone is logged out, passkeys are removed, and you set a new password.',
    ],
    action: 'Undo the change',
    after: [],
  }),
  email_returned: (shop) => ({
    subject: `This e-mail address no longer belongs to your account at ${shop}`,
    before: [
      `The change of your account's e-mail address at ${shop} was undone: it has its earlier address again, everyone was logged out, and nobody can log in with this address any more.`,
    ],
    action: '',
    after: [`If this was not you, tell ${shop}.`],
  }),
  password_set: (shop) => ({
    subject: `Your account at ${shop} has a password`,
    before: [
      `A password was set for your account at ${shop}. From now on you log in with this e-mail address and that password.`,
    ],
    action: '',
    after: ['If this was not you, set a new password at once with "forgot password" in the shop.'],
  }),
  account_merged: (shop) => ({
    subject: `Your account at ${shop} was merged into another one`,
    before: [
      `${shop} has merged your account into another account. Your orders and addresses are there now, and nobody can log in with this e-mail address any more.`,
    ],
    action: '',
    after: [`If you have no other account, tell ${shop}: the merge can be undone.`],
  }),
  account_parted: (shop) => ({
    subject: `You can log in at ${shop} with this e-mail address again`,
    before: [
      `${shop} has undone the merge of your account into another one. You log in with this e-mail address as before.`,
    ],
    action: '',
    after: ['If you do not know your password any more, set a new one with "forgot password".'],
  }),
  password_changed: (shop) => ({
    subject: `Your password for ${shop} was changed`,
    before: [
      `The password of your account at ${shop} was changed, and other devices were logged out.`,
    ],
    action: '',
    after: ['If this was not you, set a new password at once with "forgot password" in the shop.'],
  }),
  session_reused: (shop) => ({
    subject: `A session of your account at ${shop} was ended`,
    before: [
      `Two devices used the same login of your account at ${shop}. One of them may be somebody else's, so this login was ended. Your other logins are not affected.`,
    ],
    action: '',
    after: [
      'Log in again. If you did not copy the login to another device, set a new password with "forgot password" in the shop: that logs everyone out.',
    ],
  }),
  passkey_added: (shop) => ({
    subject: `Your account at ${shop} has a new passkey`,
    before: [
      `A passkey was added to your account at ${shop}. From now on, the device that has it can log in.`,
    ],
    action: '',
    after: [
      'If this was not you, set a new password at once with "forgot password" in the shop: that removes all passkeys and logs everyone out.',
    ],
  }),
  passkey_removed: (shop) => ({
    subject: `A passkey of your account at ${shop} was removed`,
    before: [
      `A passkey of your account at ${shop} was removed: nobody can log in with it any more. Your device may still offer it; delete it there, too.`,
    ],
    action: '',
    after: ['If this was not you, set a new password at once with "forgot password" in the shop.'],
  }),
  access_reset: (shop) => ({
    subject: `Your account at ${shop} has a new password and no passkeys`,
    before: [
      `A password was set for your account at ${shop} with the link of a mail. All devices were logged out, and all passkeys were removed: add them again in your account.`,
    ],
    action: '',
    after: ['If this was not you, set a new password at once with "forgot password" in the shop.'],
  }),
  consent: (shop) => ({
    subject: `May ${shop} write to you?`,
    before: [
      `Someone, probably you, asked for news from ${shop} to this e-mail address.`,
      'If you want them, open this link and confirm it there. It works for 7 days.',
    ],
    action: 'Confirm',
    after: ['If this was not you, you can ignore this mail: we send no news without your consent.'],
  }),
  login_code: (shop) => ({
    subject: `Your code for ${shop}`,
    before: [
      `Enter this code at ${shop} to log in. It works once, for 10 minutes, and only in the window where it was asked for.`,
    ],
    action: '',
    after: [
      `Tell nobody this code, not even ${shop}. If you did not ask for it, you can ignore this mail.`,
    ],
  }),
  linking_code: (shop, provider) => ({
    subject: `Your code to link a login with ${provider} at ${shop}`,
    before: [
      `Someone, probably you, logged in with ${provider} and wants to link that login to your account at ${shop}. From then on it opens your account.`,
      `If this was you, enter this code at ${shop}. It works once, for 10 minutes, and only in the window where it was asked for.`,
    ],
    action: '',
    after: [
      `Tell nobody this code, not even ${shop}: it would give them your account. If you did not ask for it, you can ignore this mail.`,
    ],
  }),
  login_link: (shop) => ({
    subject: `Your link to log in at ${shop}`,
    before: [
      `Many codes were asked for or tried for this e-mail address at ${shop}, so this mail has a link instead of one.`,
      'Open it in the browser where you asked for it. If you see a field for a code there, copy this link into the field instead. It works once, for 24 hours.',
    ],
    action: 'Log in',
    after: [notYou],
  }),
  password_voided: (shop) => ({
    subject: `The old login of your account at ${shop} no longer works`,
    before: [
      `You have proven this e-mail address at ${shop} with a code. Your account had a login from before that proof, which somebody else may have made. It no longer works, and everyone who used it was logged out.`,
    ],
    action: '',
    after: ['You log in with a code, or set a new password in your account.'],
  }),
  login_linked: (shop, provider) => linked(shop, provider, ' You can remove it in your account.'),
  credential_linked: (shop, provider) => linked(shop, provider),
  login_unlinked: (shop, provider) => ({
    subject: `A login with ${provider} was removed from your account at ${shop}`,
    before: [
      `A login with ${provider} no longer opens your account at ${shop}. All other ways to log in work as before.`,
    ],
    action: '',
    after: [
      'If this was not you, or if you have no other way to log in, set a new password with "forgot password" in the shop.',
    ],
  }),
}
