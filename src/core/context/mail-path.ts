import { sitePath } from './setting-kind.ts'

const page = (usual: string, reads: string) =>
  sitePath.default(usual).meta({
    description: `The page below \`shopUrl\` to which the links of mails lead that ${reads}; a link adds \`?token=…\``,
  })

/** The pages of a shop to which the links of mails lead. */
export const mailPaths = {
  verify_email_path: page('/verify-email', 'prove an address'),
  reset_password_path: page('/reset-password', 'set a password: forgotten, or invited'),
  confirm_email_path: page('/confirm-email', 'confirm another address'),
  undo_email_path: page('/undo-email', 'take a change of the address back'),
  login_path: page('/login', 'log in, where a code cannot be mailed'),
  confirm_consent_path: page('/confirm-consent', 'confirm a consent'),
}
export type MailPath = keyof typeof mailPaths
