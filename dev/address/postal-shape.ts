/**
 * The shape of a country's postal codes, without spaces and hyphens: digits and letters in their places, but not which of them exist
 * today. "948[5-9]|949[0-8]" → "\d{4}". The source's ranges grow old, and a new town must not keep its people out. Letters that only
 * repeat the country ("LV-1010") are left out, because they are a prefix.
 */
export function postalShapeOfPattern(pattern: string, country: string): string {
  const ownLetters = new RegExp(`^(?:\\(\\?:${country}\\)\\?|${country})(?=[^A-Z]*$)`)
  const compact = compactPattern(pattern).replace(ownLetters, '')
  const shapes = compact.replace(
    /\\d|\[([^\]]*)\]|[A-Z0-9](?![^{]*\})/g,
    (token, members?: string) => shapeOfCharacter(members ?? token),
  )
  return withoutRepeats(withoutTwins(shapes.replace(/\(\?:/g, '(').replace(/\(/g, '(?:')))
}

/** The pattern of a postal code without spaces, hyphens and the ends of words. */
const compactPattern = (pattern: string): string =>
  pattern
    .replace(/\(\?:[\^$]\|\\b\)/g, '')
    .replace(/\[ \\-\]|(\[[^\]]*\])|[ -]\??/g, (_, characters?: string) => characters ?? '')

function shapeOfCharacter(members: string): string {
  const digits = /\\d|\d/.test(members)
  const letters = /[A-Z]/.test(members)
  return digits && letters ? '[\\dA-Z]' : digits ? '\\d' : '[A-Z]'
}

/** Alternatives of one shape are one alternative. */
function withoutTwins(pattern: string): string {
  const inner = pattern.replace(/\(\?:([^()]*)\)/g, (_, alternatives: string) => {
    const kinds = [...new Set(alternatives.split('|').map(withoutRepeats))]
    return `<${kinds.join('~')}>`
  })
  if (inner !== pattern) return withoutTwins(inner)
  const whole = [...new Set(pattern.split('|').map(withoutRepeats))].join('|')
  return whole
    .replace(/<([^<>~]*)>(?!\?)/g, '$1')
    .replace(/</g, '(?:')
    .replace(/>/g, ')')
    .replace(/~/g, '|')
}

/** "\d\d\d{2}" → "\d{4}". */
function withoutRepeats(pattern: string): string {
  const merged = pattern.replace(
    /(\\d|\[A-Z\])(?:\{(\d+)\})?\1(?:\{(\d+)\})?(?![?{,])/,
    (_, token: string, one = '1', two = '1') => `${token}{${Number(one) + Number(two)}}`,
  )
  return merged === pattern ? pattern : withoutRepeats(merged)
}
