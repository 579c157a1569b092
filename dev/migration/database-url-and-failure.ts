const EXAMPLE = 'postgresql://user:password@host/database?sslmode=require'

/** The address of the database of a command. Refuses in one sentence what is none; it never shows what was given. */
export function readDatabaseUrl(text: string | undefined, command = 'npm run migrate'): URL {
  if (!text) throw new Error(`DATABASE_URL is missing: DATABASE_URL='${EXAMPLE}' ${command}`)
  const url = URL.parse(text)
  if (url === null || isMistyped(url, text)) {
    throw new Error(
      `DATABASE_URL is mistyped: it must be like ${EXAMPLE}, and # / ? @ % in a password are written %23 %2F %3F %40 %25`,
    )
  }
  const mode = url.searchParams.get('sslmode') ?? ''
  // The driver takes these for `verify-full`, and warns of that in many lines.
  if (/^(prefer|require|verify-ca)$/.test(mode) && !url.searchParams.has('uselibpqcompat')) {
    url.searchParams.set('sslmode', 'verify-full')
  }
  return url
}

/** Whether an unescaped character ended the password early, so that its rest was read as a host, a port or a path. */
const isMistyped = ({ protocol, hostname, username, password, hash }: URL, text: string): boolean =>
  !/^postgres(ql)?:$/.test(protocol) ||
  hostname === '' ||
  hash !== '' ||
  (text.includes('@') && username === '') ||
  [username, password].some((part) => decoded(part) === undefined)

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

const unreached: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be resolved now',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'it cannot be reached',
  ECONNRESET: 'it ended the connection',
  'timeout expired': 'it does not answer',
}

/** Why a migration failed, in one sentence. */
export function explainMigrationFailure(error: unknown, { hostname, port, password }: URL): string {
  const place = `${hostname}:${port || 5432}`
  const message = error instanceof Error ? error.message : String(error)
  const why = unreached[codeOf(error)] ?? unreached[message]
  if (why !== undefined) return `The database at ${place} was not reached: ${why}`
  const said = password === '' ? message : hidden(message, password)
  return `The database at ${place} was not migrated: ${said}`
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const hidden = (message: string, password: string): string =>
  [password, decoded(password) ?? password].reduce((text, it) => text.replaceAll(it, '…'), message)
