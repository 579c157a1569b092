import type * as z from 'zod'

/** The words of an issue in this project's own voice. The library's sentences are for programmers who know the library. */
export function inputSentenceOf(issue: z.core.$ZodIssue, guess: Guess): string {
  if (!isZodSentence(issue.message)) {
    const isChoice = issue.code === 'invalid_value'
    return `${issue.message}${isChoice ? didYouMean(guess(issue.values.map(String))) : ''}`
  }
  switch (issue.code) {
    case 'invalid_type':
      return `Must be ${kinds[issue.expected] ?? 'of another type'}.`
    case 'invalid_value':
      return choice(issue.values, guess)
    case 'too_small':
      return bound(issue.origin, least(issue), issue.minimum)
    case 'too_big':
      return bound(issue.origin, most(issue), issue.maximum)
    case 'invalid_format':
      return `Must be ${formats[issue.format] ?? 'in another format'}.`
    case 'not_multiple_of':
      return `Must be a multiple of ${issue.divisor}.`
    case 'invalid_union':
      return union(issue)
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0] === undefined
        ? 'Is not allowed.'
        : inputSentenceOf(issue.issues[0], guess)
    default:
      return 'Is not allowed.'
  }
}

/** The known value that the value of the issue probably stands for. */
type Guess = (known: readonly string[]) => string | undefined

/** Whether the library made a sentence; the sentences of this project begin otherwise. */
export const isZodSentence = (message: string): boolean =>
  /^(Invalid|Too|Unrecognized)\b/.test(message)

/** The hint that follows a sentence, for a name or a value that is near a known one. */
export const didYouMean = (meant: string | undefined): string =>
  meant === undefined ? '' : ` Did you mean \`${meant}\`?`

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: '`null`',
}

const formats: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a URL',
  datetime: 'a time like `2024-06-01T08:00:00.000Z`',
}

/** More choices than these are no help. */
const MOST_CHOICES = 20

function choice(values: readonly unknown[], guess: Guess): string {
  const known = values.map(String)
  const meant = didYouMean(guess(known))
  if (known.length === 1) return `Must be \`${known[0]}\`.${meant}`
  const shown = known.slice(0, MOST_CHOICES).map((value) => `\`${value}\``)
  const others = known.length - shown.length
  const rest = others === 0 ? '' : ` and ${others} ${others === 1 ? 'other' : 'others'}`
  return `Must be one of ${shown.join(', ')}${rest}.${meant}`
}

const least = ({ exact, inclusive }: z.core.$ZodIssueTooSmall): string =>
  exact ? 'exactly' : inclusive === false ? 'more than' : 'at least'
const most = ({ exact, inclusive }: z.core.$ZodIssueTooBig): string =>
  exact ? 'exactly' : inclusive === false ? 'less than' : 'at most'

const units: Readonly<Record<string, [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['item', 'items'],
  object: ['field', 'fields'],
  record: ['field', 'fields'],
}

function bound(origin: string, which: string, by: number | bigint): string {
  const [one, many] = units[origin] ?? []
  if (one === undefined) return `Must be ${which} ${by}.`
  return `Must have ${which} ${by} ${Number(by) === 1 ? one : many}.`
}

/** The kinds that a union takes. */
function union({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const taken = errors.flat().flatMap((issue) => {
    if (issue.path.length > 0 || issue.code !== 'invalid_type') return []
    return kinds[issue.expected] ?? []
  })
  return taken.length === 0
    ? 'Has none of the possible forms.'
    : `Must be ${[...new Set(taken)].join(' or ')}.`
}
