import { closestName } from '#kernel/closest-name'

/** The names of the steps, with what each of them checks. */
type Abouts = Readonly<Record<string, string>>

/** What stands behind the command: the steps to run, or what to say instead. */
type Asked = { readonly steps: readonly string[] } | { readonly help: string }

/** Without a name all steps are meant. Refuses an unknown name or option in one sentence. */
export function readCheckArguments(args: readonly string[], abouts: Abouts): Asked {
  if (args.includes('--help') || args.includes('-h')) return { help: helpText(abouts) }
  const names = Object.keys(abouts)
  const unknown = args.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Error(unknownText(unknown, names))
  return { steps: args.length === 0 ? names : names.filter((name) => args.includes(name)) }
}

function unknownText(name: string, names: readonly string[]): string {
  const meant = meantBy(name, names)
  const guess = meant === undefined ? ':' : `, did you mean "${meant}"?`
  return `There is no step "${name}"${guess} npm run check -- --help lists all`
}

/** A dash may stand for a blank, and one word for the whole name. */
function meantBy(name: string, names: readonly string[]): string | undefined {
  const dashed = new Map(names.map((one) => [one.replaceAll(' ', '-'), one]))
  const near = closestName(name, [...dashed.keys()])
  return near === undefined ? names.find((one) => one.split(' ').includes(name)) : dashed.get(near)
}

function helpText(abouts: Abouts): string {
  const width = Math.max(...Object.keys(abouts).map((name) => name.length))
  const lines = Object.entries(abouts).map(([name, about]) => `  ${name.padEnd(width)}  ${about}`)
  return `npm run check [-- <step> …]

Runs the named steps; without a name, all steps. Put a name with blanks in quotes: npm run check -- types 'use cases'

${lines.join('\n')}`
}
