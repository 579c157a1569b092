import type { Catalog } from './template.ts'

const notYou = 'If this was not you, you can ignore this mail: nothing happens without the link.'

export const english: Catalog = {
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
  confirm_email: (shop) => ({
    subject: `Confirm your new e-mail address for ${shop}`,
    before: [
      `Someone, probably you, wants to use this e-mail address for an account at ${shop}.`,
      'To confirm it, open this link and enter your password. It works for 24 hours.',
    ],
    action: 'Confirm the new address',
    after: [notYou],
  }),
  email_changed: (shop) => ({
    subject: `Your e-mail address at ${shop} was changed`,
    before: [
      `Your account at ${shop} has a new e-mail address. If you changed it, there is nothing to do.`,
      'If this was not you, take your account back with this link. It works for 72 hours: your address returns, everyone is logged out, and you set a new password.',
    ],
    action: 'Undo the change',
    after: [],
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
      `Two devices used the same login of your account at ${shop}. One of them may be somebody else's, so this login was ended. Your other logins go on.`,
    ],
    action: '',
    after: [
      'Log in again. If you did not copy the login to another device, set a new password with "forgot password" in the shop: that logs everyone out.',
    ],
  }),
}
