import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The account PostgreSQL runs as; it refuses root. */
export type OsAccount = { readonly uid: number; readonly gid: number }

type Command = {
  readonly program: string
  readonly args: readonly string[]
  readonly account: OsAccount | Record<string, never>
}

/** The account to drop to when this is root, `undefined` otherwise. */
export function unprivilegedAccount(): OsAccount | undefined {
  if (process.getuid?.() !== 0) return undefined
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'PostgreSQL does not run as root and this system has no other account: run as a normal user',
  )
}

/**
 * How to run a program that ends when this process does, as the given account. A clone under /root or in a new temporary folder is closed to other accounts. So on Linux the program keeps root's capability to traverse folders.
 */
export function commandAsAccount(program: string, args: string[], account?: OsAccount): Command {
  const flags = account ? [...identity(account), ...ending] : ending
  if (setprivAccepts(flags)) {
    return { program: 'setpriv', args: [...flags, '--', program, ...args], account: {} }
  }
  return { program, args, account: account ?? {} }
}

const ending = ['--pdeathsig', 'INT']

const identity = ({ uid, gid }: OsAccount) => [
  ...['--reuid', String(uid), '--regid', String(gid), '--clear-groups'],
  ...['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'],
]

const accepted = new Map<string, boolean>()

function setprivAccepts(flags: string[]): boolean {
  if (process.platform !== 'linux') return false
  const key = flags.join(' ')
  const known = accepted.get(key)
  if (known !== undefined) return known
  const { status } = spawnSync('setpriv', [...flags, '--', 'true'], { stdio: 'ignore' })
  accepted.set(key, status === 0)
  return status === 0
}
