import {
  Accepted,
  ChangeEmail,
  ChangePassword,
  ConfirmEmail,
  changePassword,
  confirmEmailChange,
  ForgotPassword,
  forgotPassword,
  ResendVerification,
  ResetPassword,
  requestEmailChange,
  resendVerification,
  resetPassword,
  UndoEmail,
  undoConfirmedEmailChange,
  VerifyEmail,
  verifyEmail,
} from '#core/account'
import { Reauthenticate, reauthenticate } from '#core/proof'
import { Session } from '#core/session'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Account']

const mailed = openapiJsonAnswer(
  Accepted,
  'The same for every address. If a mail is due, it is on its way',
)
const done = (description: string) => ({ 204: { description } })

export const accountRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /auth/verify-email', {
      tags,
      summary: 'Verify an e-mail address',
      description:
        'The link of the mail alone changes nothing: send it with a password or with the session. The link proves the inbox, like the link of a reset. The password of an open registration of this address takes over the profile of that registration. Any other password is a new one. If the address has an account, it becomes the password of that account. If shoppers log in only at Hanzo ID, the proof is accepted and the answer is `identity_elsewhere`: log in there.',
      request: { body: jsonRequestBody(VerifyEmail) },
      responses: { 200: openapiJsonAnswer(Session, 'A session') },
      refusals: ['mail_token_invalid', 'email_taken', 'identity_taken', 'identity_elsewhere'],
    }),
    async (c) => c.json(await verifyEmail(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/verify-email/resend', {
      tags,
      summary: 'Send the mail to verify an address again',
      request: { body: jsonRequestBody(ResendVerification) },
      responses: { 202: mailed },
    }),
    async (c) => c.json(await resendVerification(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/password/forgot', {
      tags,
      summary: 'Send a mail to set a new password',
      request: { body: jsonRequestBody(ForgotPassword) },
      responses: { 202: mailed },
    }),
    async (c) => c.json(await forgotPassword(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/password/reset', {
      tags,
      summary: 'Set a new password with the link of a mail',
      request: { body: jsonRequestBody(ResetPassword) },
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
      request: { body: jsonRequestBody(ChangePassword) },
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
      summary: 'Prove the identity of the shopper again',
      description:
        'Some actions need a proof that is younger than ten minutes: another e-mail address or password, export, erasure, deletion, passkeys. Without one they are refused with `fresh_proof_required`. The session of the request ends, and a new one replaces it.',
      request: { body: jsonRequestBody(Reauthenticate) },
      responses: { 200: openapiJsonAnswer(Session, 'A session with a fresh proof') },
      refusals: ['invalid_credentials', 'identity_elsewhere'],
    }),
    async (c) => c.json(await reauthenticate(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/email/change', {
      tags,
      summary: 'Request a change of the e-mail address',
      request: { body: jsonRequestBody(ChangeEmail) },
      responses: { 202: mailed },
      refusals: ['invalid_credentials', 'fresh_proof_required', 'identity_elsewhere'],
    }),
    async (c) => c.json(await requestEmailChange(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/email/confirm', {
      tags,
      summary: 'Confirm the new e-mail address',
      request: { body: jsonRequestBody(ConfirmEmail) },
      responses: { 200: openapiJsonAnswer(Session, 'A session; every other has ended') },
      refusals: ['invalid_credentials', 'mail_token_invalid', 'email_taken', 'identity_elsewhere'],
    }),
    async (c) => c.json(await confirmEmailChange(c.get('ctx'), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /auth/email/undo', {
      tags,
      summary: 'Undo a change of the e-mail address',
      description:
        'The link alone is enough. If staff have merged the account into another one since, the service first undoes that merge, if it can.',
      request: { body: jsonRequestBody(UndoEmail) },
      responses: done(
        'The address is back, every session has ended, a mail to set a new password is on its way',
      ),
      refusals: ['mail_token_invalid'],
    }),
    async (c) => {
      await undoConfirmedEmailChange(c.get('ctx'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
