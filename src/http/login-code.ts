import { CodeRequested, logInByCode, RequestCode, requestCode, VerifyCode } from '#core/login-code'
import { Session } from '#core/session'
import { body, json, type Noun, route, routes } from './route.ts'

const tags: [string] = ['Auth']

export const loginCodeRoutes: Noun = routes()
  .openapi(
    route('POST /auth/code', {
      tags,
      summary: 'Mail a code to log in with',
      description:
        'Six digits, good once, for ten minutes, and only with the `handle` of the answer. A request with that `handle` mails another code; the newest two are good, with five tries in all, after which the answer has another `handle`. The answer is the same for every address. An address that is not known gets no mail, unless the shop lets new addresses in (`allow_code_registration`). After many codes or wrong tries a mail has a link to `/login` of the shop in place of a code; its token is sent as `code`.',
      request: { body: body(RequestCode) },
      responses: { 202: json(CodeRequested, 'The same for every address') },
      refusals: ['identity_elsewhere'],
    }),
    async (c) => c.json(await requestCode(c.get('ctx'), c.req.valid('json')), 202),
  )
  .openapi(
    route('POST /auth/code/verify', {
      tags,
      summary: 'Log in with the code of a mail',
      description:
        'The code proves the inbox, as a reset does: it verifies and claims an account that is not claimed yet, and drops contact data that nobody has proven. A password and passkeys from before the first proof are void then, and the sessions of before end. A registration that waits for its proof becomes an account, without its password and profile.',
      request: { body: body(VerifyCode) },
      responses: { 200: json(Session, 'A session') },
      refusals: ['invalid_credentials', 'identity_elsewhere'],
    }),
    async (c) => c.json(await logInByCode(c.get('ctx'), c.req.valid('json')), 200),
  )
