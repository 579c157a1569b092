import * as z from 'zod'
import { Refusal } from '#kernel/error'
import { providerAwayRefusal, requestProvider } from '../oidc/request-provider.ts'
import type { HanzoTenant } from './tenant.ts'
import type { HanzoUsers, NewUser, UserState } from './users-interface.ts'

/** Every answer is a 200; its real status is inside. */
const Envelope = z.object({
  status: z.enum(['ok', 'error']),
  msg: z.string().default(''),
  data: z.unknown(),
})
const WithId = z.object({ id: z.string() })

/** The Casdoor-shaped API of Hanzo ID (`/api/…`). The application acts for its organization, by HTTP Basic. */
export function makeCasdoorUsers(at: HanzoTenant, fetcher: typeof fetch): HanzoUsers {
  const { issuer, organization: owner, application, clientId, clientSecret } = at
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  const send = async (action: string, body?: object | URLSearchParams) => {
    const isForm = body instanceof URLSearchParams
    const what = action.split('?')[0] ?? action
    const type = isForm || body === undefined ? {} : { 'Content-Type': 'application/json' }
    const said = await requestProvider(fetcher, {
      what,
      url: `${issuer}/api/${action}`,
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Basic ${basic}`, ...type },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const { data } = Envelope.safeParse(said.body)
    if (data === undefined || said.status !== 200)
      throw providerAwayRefusal(what, { status: said.status })
    return data
  }
  /** Answers with null after success, else with the reason. */
  const post = async (action: string, body: object | URLSearchParams): Promise<string | null> => {
    const { status, msg } = await send(action, body)
    return status === 'ok' ? null : msg
  }
  return {
    async create(user) {
      return madeOf(await post('add-user', newUser(owner, application, user)))
    },
    async subjectOf(name) {
      const id = encodeURIComponent(`${owner}/${name}`)
      const { status, msg, data } = await send(`get-user?id=${id}`)
      if (status === 'error' && !isMissing(msg)) throw providerAwayRefusal('get-user')
      return WithId.safeParse(data).data?.id ?? null
    },
    async setPassword(userName, newPassword) {
      if (/\s/.test(newPassword)) throw refusedPassword('Must not contain spaces.')
      const form = { userOwner: owner, userName, oldPassword: '', newPassword }
      const msg = await post('set-password', new URLSearchParams(form))
      if (msg === null || isSamePassword(msg)) return 'set'
      if (isMissing(msg)) return 'missing'
      if (/password/i.test(msg)) throw refusedPassword('The identity provider does not take it.')
      throw providerAwayRefusal('set-password')
    },
    async update(name, state) {
      const id = encodeURIComponent(`${owner}/${name}`)
      const columns = `email_verified,is_forbidden${state.email === null ? '' : ',email'}`
      const path = `update-user?id=${id}&columns=${columns}`
      const msg = await post(path, { owner, name, ...stateOf(state) })
      if (msg === null) return 'done'
      if (isMissing(msg)) return 'missing'
      if (isEmailTaken(msg)) return 'email_taken'
      throw providerAwayRefusal('update-user')
    },
    async remove(name) {
      const msg = await post('delete-user', { owner, name })
      if (msg !== null && !isMissing(msg)) throw providerAwayRefusal('delete-user')
    },
  }
}

const isMissing = (msg: string): boolean => /(doesn't|does not|not) exist/i.test(msg)
const isEmailTaken = (msg: string): boolean => /email already exists/i.test(msg)
/** After a lost reply the password is set again, and this message means success. */
const isSamePassword = (msg: string): boolean => /must be different|same as/i.test(msg)

const refusedPassword = (message: string) =>
  new Refusal('invalid_input', {
    errors: [{ path: 'password', code: 'refused_by_provider', message }],
  })

function madeOf(msg: string | null): 'made' | 'name_taken' | 'email_taken' {
  if (msg === null) return 'made'
  if (isEmailTaken(msg)) return 'email_taken'
  if (/username already exists/i.test(msg)) return 'name_taken'
  throw providerAwayRefusal('add-user')
}

const newUser = (owner: string, application: string | null, user: NewUser) => ({
  owner,
  name: user.name,
  type: 'normal-user',
  password: user.password,
  displayName: user.name,
  ...stateOf({ ...user, isForbidden: false }),
  ...(application === null ? {} : { signupApplication: application }),
})

const stateOf = ({ email, ...rest }: UserState) => ({
  ...rest,
  ...(email === null ? {} : { email }),
})
