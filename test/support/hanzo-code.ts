import { createHash, randomUUID } from 'node:crypto'
import { application, oauth, type Said } from './hanzo-server.ts'
import type { HanzoUser } from './hanzo-users.ts'
import type { Brought } from './oidc-server.ts'

type Options = {
  readonly api: 'iam' | 'casdoor'
  readonly now: () => Date
  /** The registered ones. */
  readonly redirectUris: readonly string[]
}

type Login = {
  readonly user: HanzoUser
  readonly request: URLSearchParams
  readonly at: Date
  isUsed: boolean
}

const LIVES_MS = 5 * 60_000

/** The authorization codes of the stand-in, as both generations give and take them. Neither names itself in an answer. */
export function makeCodeDesk({ api, now, redirectUris }: Options) {
  const logins = new Map<string, Login>()

  /** One generation compares the URI; the other one takes each that has a registered one in it, and any at localhost. */
  function isRegistered(uri: string): boolean {
    if (api === 'iam') return redirectUris.includes(uri)
    return redirectUris.some((known) => uri.includes(known)) || uri.startsWith('http://localhost')
  }

  /** A page of Hanzo ID, which sends nobody on. */
  const refuse = (text: string): Said =>
    api === 'casdoor'
      ? { status: 200, body: { status: 'error', msg: text } }
      : { status: 400, body: text, html: true }

  function faultOf(request: URLSearchParams): string | null {
    if (request.get('response_type') !== 'code') return 'unsupported_response_type'
    if (api === 'iam' && request.get('prompt') === 'none') return 'login_required'
    const method = request.get('code_challenge_method')
    // One generation takes a challenge without its method.
    const isGood = method === 'S256' || (api === 'casdoor' && method === null)
    return request.has('code_challenge') && !isGood ? 'invalid_request' : null
  }

  return {
    /** A browser opens the authorization endpoint, and the user logs in at once. */
    authorize(request: URLSearchParams, user: HanzoUser): Brought | Said {
      const url = request.get('redirect_uri') ?? ''
      if (request.get('client_id') !== application.clientId) return refuse('no such client')
      if (!isRegistered(url)) return refuse('the redirect URI is not registered')
      const error = faultOf(request)
      if (error !== null && api === 'casdoor') return refuse(error)
      const code = randomUUID()
      if (error === null) logins.set(code, { user, request, at: now(), isUsed: false })
      const state = request.get('state') ?? ''
      const said = error === null ? `code=${code}` : `error=${error}`
      // One generation does not encode the state.
      const text = api === 'casdoor' ? state : encodeURIComponent(state)
      return { url, mode: 'query', parameters: new URLSearchParams(`${said}&state=${text}`) }
    },

    /** The login of a code, or the answer to one that is not good. */
    redeem(form: URLSearchParams): Login | Said {
      const login = logins.get(form.get('code') ?? '')
      const isGood =
        login !== undefined &&
        !login.isUsed &&
        now().getTime() - login.at.getTime() < LIVES_MS &&
        (api === 'casdoor' || form.get('redirect_uri') === login.request.get('redirect_uri'))
      if (!isGood) return oauth(400, 'invalid_grant', 'authorization code has been used')
      const challenge = login.request.get('code_challenge')
      if (challenge !== null && challengeOf(form.get('code_verifier') ?? '') !== challenge) {
        return oauth(400, 'invalid_grant', `verifier is invalid, expected: ${challenge}`)
      }
      login.isUsed = true
      return login
    },
  }
}

const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url')
