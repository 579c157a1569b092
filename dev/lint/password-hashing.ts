import { isIdentifier, isStringLiteral, type Node } from 'typescript/unstable/ast'
import type { Imports } from './cycle.ts'
import { lineOf, type Mistake, type Parsed } from './parse.ts'

/** The one file that derives a hash from a password, and the one that puts the line before it. */
const hasher = 'src/core/identity/password-hasher.ts'
const keeper = 'src/core/identity/identity-provider.ts'

/** What takes a tenth of a second or more by design: of `node:crypto`, of the Web's, and of packages. */
const derivations = new Set([
  ...['scrypt', 'scryptSync', 'pbkdf2', 'pbkdf2Sync', 'argon2', 'argon2Sync'],
  ...['deriveBits', 'deriveKey', 'PBKDF2'],
])
const packages = /^(?:bcrypt|bcryptjs|scrypt-js|argon2|hash-wasm|@node-rs\/|@noble\/hashes)/

const ADVICE = 'only the passwords of a request (`ctx.identity.passwords`) wait in the line'

/** Password hashing that bypasses the queue of hashes: imports of the hasher, and direct calls of key derivations. */
export const findPasswordHashing = (parsed: readonly Parsed[], imports: Imports): Mistake[] => [
  ...[...imports.values()].flat().flatMap(({ from, line, specifier, to, when }) => {
    const isRaw = when !== 'type' && to === hasher && from !== keeper
    if (!isRaw && !packages.test(specifier)) return []
    return [{ file: from, line, says: `'${specifier}' hashes past the line: ${ADVICE}` }]
  }),
  ...parsed.filter(({ file }) => file !== hasher).flatMap(derivationsIn),
]

function derivationsIn(parsed: Parsed): Mistake[] {
  const found: Mistake[] = []
  const visit = (node: Node): void => {
    if ((isIdentifier(node) || isStringLiteral(node)) && derivations.has(node.text)) {
      const says = `${node.text} hashes past the line: ${ADVICE}`
      found.push({ file: parsed.file, line: lineOf(parsed, node), says })
    }
    node.forEachChild(visit)
  }
  visit(parsed.tree)
  return found
}
