import { CodeRequested, logInByCode, RequestCode, requestCode, VerifyCode } from '#core/login-code'
import { Session } from '#core/session'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Auth']

export const loginCodeRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /auth/code', {
      tags,
      summary: 'Mail a code to log in with',
      description:
        'The code has six digits. It is valid once, for ten minutes, and only with the `handle` of the answer. A request with that `handle` mails another code. The newest two codes are valid, with five attempts in all; after that, the answer has another `handle`. The answer is the same for every address. An unknown address gets no mail, unless the shop allows new addresses (`allow_code_registration`). After many codes or wrong attempts, a mail has a link to `/login` of the shop instead of a code; send its token as `code`.',
      request: { body: jsonRequestBody(RequestCode) },
      responses: { 202: openapiJsonAnswer(CodeRequested, 'The same for every address') },
      refusals: ['identity_elsewhere'],
    }),
    async (c) => c.json(await requestCode(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/code/verify', {
      tags,
      summary: 'Log in with the code of a mail',
      description:
        'The code proves the inbox, as a reset does. It verifies and claims an account that is not claimed yet, and drops unproven contact data. If it is the first proof, the earlier password and passkeys become void, and earlier sessions end. A pending registration becomes an account, without its password and profile.',
      request: { body: jsonRequestBody(VerifyCode) },
      responses: { 200: openapiJsonAnswer(Session, 'A session') },
      refusals: ['invalid_credentials', 'identity_elsewhere'],
    }),
    async (c) => c.json(await logInByCode(c.get('ctx'), c.req.valid('json')), 200),
  )
