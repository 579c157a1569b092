import { blank, type Said } from './hanzo-server.ts'

export type HanzoUser = {
  id: string
  owner: string
  name: string
  email: string
  emailVerified: boolean
  isForbidden: boolean
  password: string
}

type Call = {
  readonly method: string
  readonly pathname: string
  readonly searchParams: URLSearchParams
  readonly body: string
  readonly authorization: string
  readonly clientId: string
  readonly clientSecret: string
}

type Given = Partial<HanzoUser> & Pick<HanzoUser, 'owner' | 'name'>

const isNameLegal = (name: string) => /^[a-z0-9][a-z0-9._-]{0,62}$/.test(name)
const emailTaken = (users: readonly HanzoUser[], { owner, name, email }: Given) =>
  users.some((it) => it.owner === owner && it.name !== name && !!email && it.email === email)

/** The Casdoor-shaped API: whatever happens, 200. Null for paths it does not have. */
export function answerCasdoor(users: HanzoUser[], call: Call): Said | null {
  const action = /^\/api\/([a-z-]+)$/.exec(call.pathname)?.[1]
  const said = (status: 'ok' | 'error', msg = '', data: unknown = null): Said => ({
    status: 200,
    body: { status, msg, sub: '', name: '', data, data2: null },
  })
  const basic = Buffer.from(`${call.clientId}:${call.clientSecret}`).toString('base64')
  if (call.authorization !== `Basic ${basic}`) return said('error', 'Unauthorized operation')
  const find = (owner: unknown, name: unknown) =>
    users.find((it) => it.owner === owner && it.name === name)
  if (action === 'get-user') {
    const [owner, name] = (call.searchParams.get('id') ?? '').split('/')
    const found = find(owner, name)
    return found === undefined
      ? said('error', `The user: ${owner}/${name} doesn't exist`)
      : said('ok', '', { ...found, password: '***' })
  }
  if (action === 'set-password') {
    const form = new URLSearchParams(call.body)
    const user = find(form.get('userOwner'), form.get('userName'))
    const password = form.get('newPassword') ?? ''
    if (user === undefined) return said('error', 'The user does not exist')
    if (password.includes(' ')) return said('error', 'New password cannot contain blank space.')
    if (password === user.password) {
      return said('error', 'The new password must be different from your current password')
    }
    user.password = password
    return said('ok')
  }
  const given = (call.body === '' ? {} : JSON.parse(call.body)) as Given
  const user = find(given.owner, given.name)
  switch (action) {
    case 'add-user':
      if (user !== undefined) return said('error', 'Username already exists')
      if (!isNameLegal(given.name)) return said('error', 'Username is not legal')
      if (emailTaken(users, given)) return said('error', 'Email already exists')
      users.push({ ...blank(), ...given })
      return said('ok', '', 'Affected')
    case 'update-user': {
      const [owner, name] = (call.searchParams.get('id') ?? '').split('/')
      const it = find(owner, name)
      if (it === undefined) return said('error', `The user: ${owner}/${name} doesn't exist`)
      if (emailTaken(users, given)) return said('error', 'Email already exists')
      const columns = (call.searchParams.get('columns') ?? '').split(',')
      const fields = {
        email: 'email',
        email_verified: 'emailVerified',
        is_forbidden: 'isForbidden',
      }
      for (const [column, field] of Object.entries(fields)) {
        if (columns.includes(column)) Object.assign(it, { [field]: given[field as keyof Given] })
      }
      return said('ok', '', 'Affected')
    }
    case 'delete-user':
      if (user === undefined) return said('error', "The user doesn't exist")
      users.splice(users.indexOf(user), 1)
      return said('ok', '', 'Affected')
    default:
      return null
  }
}

/** The present API. Null for paths it does not have. */
export function answerIam(users: HanzoUser[], call: Call): Said | null {
  const place = /^\/v1\/iam\/users(?:\/([^/]+)\/([^/]+))?$/.exec(call.pathname)
  if (place === null) return null
  const said = (status: number, body: unknown = {}): Said => ({ status, body })
  if (!call.authorization.startsWith('Bearer ey')) return said(401, { error: 'unauthorized' })
  const redacted = ({ password: _, ...user }: HanzoUser) => user
  const given =
    call.body === '' ? null : (JSON.parse(call.body) as { user: Given; password?: string })
  if (call.method === 'POST' && given !== null) {
    const { user, password = '' } = given
    if (!isNameLegal(user.name)) return said(400, { error: 'bad name' })
    const isTaken = users.some((it) => it.owner === user.owner && it.name === user.name)
    if (isTaken || emailTaken(users, user)) return said(409, { error: 'user already exists' })
    const made = { ...blank(), ...user, password }
    users.push(made)
    return said(201, redacted(made))
  }
  const [, owner = '', name = ''] = place.map((part) => decodeURIComponent(part ?? ''))
  const user = users.find((it) => it.owner === owner && it.name === name)
  if (user === undefined) return said(404, { error: 'no such user' })
  if (call.method === 'GET') return said(200, redacted(user))
  if (call.method === 'DELETE') {
    users.splice(users.indexOf(user), 1)
    return said(200)
  }
  if (given === null) return said(400)
  if (emailTaken(users, given.user)) return said(409, { error: 'email already exists' })
  // What is left out of a PUT is gone: the caller is to send all of it.
  const present = { id: user.id, password: given.password ?? user.password }
  for (const key of Object.keys(user)) delete user[key as keyof HanzoUser]
  Object.assign(user, { ...blank(), email: '', ...given.user, ...present })
  return said(200, redacted(user))
}
