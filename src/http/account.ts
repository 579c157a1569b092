import {
  Accepted,
  ChangeEmail,
  ChangePassword,
  ConfirmEmail,
  changeEmail,
  changePassword,
  confirmEmail,
  ForgotPassword,
  forgotPassword,
  ResendVerification,
  ResetPassword,
  resendVerification,
  resetPassword,
  UndoEmail,
  undoEmail,
  VerifyEmail,
  verifyEmail,
} from '#core/account'
import { Reauthenticate, reauthenticate } from '#core/proof'
import { Session } from '#core/session'
import { body, json, type Noun, route, routes } from './route.ts'

const tags: [string] = ['Account']

const mailed = json(
  Accepted,
  'The same for every address: if there is something to send, it is on its way',
)
const done = (description: string) => ({ 204: { description } })

export const accountRoutes: Noun = routes()
  .openapi(
    route('POST /auth/verify-email', {
      tags,
      summary: 'Verify an e-mail address',
      description:
        'The link of the mail alone changes nothing: a password, or the session, belongs to it. The link proves the inbox, as that of a reset does: a password of an open registration of this address takes its profile along, another one is a new password, and of an address that has an account it is the password of that account from then on. Where shoppers log in only at Hanzo ID, the proof is taken, and answered with `identity_elsewhere`: log in there.',
      request: { body: body(VerifyEmail) },
      responses: { 200: json(Session, 'A session') },
      refusals: ['mail_token_invalid', 'email_taken', 'identity_taken', 'identity_elsewhere'],
    }),
    async (c) => c.json(await verifyEmail(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/verify-email/resend', {
      tags,
      summary: 'Send the mail to verify an address again',
      request: { body: body(ResendVerification) },
      responses: { 202: mailed },
    }),
    async (c) => c.json(await resendVerification(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/password/forgot', {
      tags,
      summary: 'Send a mail to set a new password',
      request: { body: body(ForgotPassword) },
      responses: { 202: mailed },
    }),
    async (c) => c.json(await forgotPassword(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/password/reset', {
      tags,
      summary: 'Set a new password with the link of a mail',
      request: { body: body(ResetPassword) },
      responses: done('The password is set, and every session has ended'),
      refusals: ['mail_token_invalid', 'identity_taken'],
    }),
    async (c) => {
      await resetPassword(c.get('ctx'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .openapi(
    route('POST /auth/password/change', {
      tags,
      summary: 'Set another password',
      request: { body: body(ChangePassword) },
      responses: done('The password is set, and every other session has ended'),
      refusals: ['invalid_credentials', 'fresh_proof_required', 'identity_elsewhere'],
    }),
    async (c) => {
      await changePassword(c.get('ctx'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .openapi(
    route('POST /auth/reauthenticate', {
      tags,
      summary: 'Prove the shopper anew',
      description:
        'What is dangerous takes a proof that is younger than ten minutes: another e-mail address or password, export, erasure, deletion, passkeys. Without one it is refused with `fresh_proof_required`. A new session takes the place of the one that asks, which ends.',
      request: { body: body(Reauthenticate) },
      responses: { 200: json(Session, 'A session with a fresh proof') },
      refusals: ['invalid_credentials', 'identity_elsewhere'],
    }),
    async (c) => c.json(await reauthenticate(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/email/change', {
      tags,
      summary: 'Ask for another e-mail address',
      request: { body: body(ChangeEmail) },
      responses: { 202: mailed },
      refusals: ['invalid_credentials', 'fresh_proof_required', 'identity_elsewhere'],
    }),
    async (c) => c.json(await changeEmail(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/email/confirm', {
      tags,
      summary: 'Confirm the new e-mail address',
      request: { body: body(ConfirmEmail) },
      responses: { 200: json(Session, 'A session; every other has ended') },
      refusals: ['invalid_credentials', 'mail_token_invalid', 'email_taken', 'identity_elsewhere'],
    }),
    async (c) => c.json(await confirmEmail(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/email/undo', {
      tags,
      summary: 'Take an account back to its old e-mail address',
      description:
        'The link is enough. An account that staff has merged into another one since is parted from it first, if that merge can be undone.',
      request: { body: body(UndoEmail) },
      responses: done(
        'The address is back, every session has ended, a mail to set a new password is on its way',
      ),
      refusals: ['mail_token_invalid'],
    }),
    async (c) => {
      await undoEmail(c.get('ctx'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
