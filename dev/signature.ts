/** `name(parameters) returns type` of the function that a file of this name must hold. */
export function readSignature(name: string, text: string): string {
  const code = text.replace(/--.*$/gm, '').replace(/\s+/g, ' ')
  const head = /create or replace function (\w+) ?\(/i.exec(code)
  if (head?.[1] !== name) {
    throw new Error(`src/db/function/${name}.sql must hold: create or replace function ${name}(…)`)
  }
  const open = head.index + head[0].length
  const close = closingParenthesis(code, open)
  const returns =
    /^ returns (.*?) (?=language|as|stable|volatile|immutable|strict|parallel|security)/i
  const result = returns.exec(code.slice(close + 1))?.[1] ?? ''
  return `${name}(${code.slice(open, close).trim()}) returns ${result}`
}

function closingParenthesis(code: string, from: number): number {
  let depth = 1
  for (let at = from; at < code.length; at++) {
    if (code[at] === '(') depth++
    if (code[at] === ')' && --depth === 0) return at
  }
  throw new Error(`A parenthesis is not closed: ${code.slice(0, 80)}`)
}

/** What DROP FUNCTION knows a function by: the name and the parameters without their defaults. */
export function identityOf(signature: string): string {
  const open = signature.indexOf('(') + 1
  const parameters = splitTopLevel(signature.slice(open, closingParenthesis(signature, open)))
  const bare = parameters.map((one) => one.replace(/ (default|=) .*$/i, '').trim())
  return `${signature.slice(0, open)}${bare.join(', ')})`
}

function splitTopLevel(list: string): string[] {
  const parts = ['']
  let depth = 0
  let isQuoted = false
  for (const letter of list) {
    if (letter === "'") isQuoted = !isQuoted
    if (letter === '(') depth++
    if (letter === ')') depth--
    if (letter === ',' && depth === 0 && !isQuoted) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${letter}`)
  }
  return list.trim() === '' ? [] : parts
}
