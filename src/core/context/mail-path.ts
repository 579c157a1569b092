import { sitePath } from './setting-kind.ts'

const page = (usual: string, reads: string) =>
  sitePath.default(usual).meta({
    description: `The page below \`shopUrl\` for mailed links that ${reads}. A link adds \`?token=…\``,
  })

/** The pages of a shop to which the links of mails lead. */
export const mailPaths = {
  verify_email_path: page('/verify-email', 'prove an address'),
  reset_password_path: page('/reset-password', 'set a password, after a reset or an invitation'),
  confirm_email_path: page('/confirm-email', 'confirm another address'),
  undo_email_path: page('/undo-email', 'undo a change of the address'),
  login_path: page('/login', 'log in, when a mail has a link instead of a code'),
  confirm_consent_path: page('/confirm-consent', 'confirm a consent'),
}
export type MailPath = keyof typeof mailPaths
